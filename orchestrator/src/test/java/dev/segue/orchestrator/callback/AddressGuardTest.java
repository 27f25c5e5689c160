package dev.segue.orchestrator.callback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
    private static final AddressGuard GUARD = new AddressGuard(List.of());

    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, this network",
        "10.255.255.255, private",
        "100.100.100.200, carrier",
        "127.0.0.1, this machine",
        "127.1, this machine",
        "2130706433, this machine",
        "168.63.129.16, metadata",
        "169.254.169.254, metadata",
        "172.16.0.1, private",
        "172.31.255.255, private",
        "192.0.0.192, protocols",
        "192.168.1.1, private",
        "198.19.0.1, benchmarks",
        "203.0.113.7, documentation",
        "224.0.0.1, multicast",
        "239.255.255.250, multicast",
        "255.255.255.255, reserved",
        "::, none of",
        "::1, this machine",
        "::127.0.0.1, none of",
        "::ffff:127.0.0.1, this machine",
        "::ffff:10.0.0.1, private",
        "64:ff9b::a00:1, translator",
        "fd00:ec2::254, private",
        "fe80::1, link-local",
        "fec0::1, none of",
        "ff02::1, multicast",
        "2001::1, protocols",
        "2001:db8::1, documentation",
        "2002:7f00:1::, IPv4 inside IPv6",
        "4000::1, none of",
    })
    void whatOnlyThisMachineOrItsNetworkCanReachIsRefused(String address, String why) throws UnknownHostException {
        assertThat(GUARD.refusal(InetAddress.getByName(address)))
                .hasValueSatisfying(reason -> assertThat(reason).contains(why));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.0",
                "100.63.255.255",
                "100.128.0.0",
                "126.255.255.255",
                "128.0.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450::1",
                "3ffe::1"
            })
    void publicAddressesArePermitted(String address) throws UnknownHostException {
        assertThat(GUARD.refusal(InetAddress.getByName(address))).isEmpty();
    }

    @Test
    void anAllowedNetworkIsPermittedAndItsNeighbourIsNot() throws UnknownHostException {
        AddressGuard guard = new AddressGuard(List.of(Network.of("10.1.2.0/23"), Network.of("fd00::/16")));
        assertThat(guard.refusal(InetAddress.getByName("10.1.3.255"))).isEmpty();
        assertThat(guard.refusal(InetAddress.getByName("fd00:1::1"))).isEmpty();
        assertThat(guard.refusal(InetAddress.getByName("10.1.4.0"))).isPresent();
        assertThat(guard.refusal(InetAddress.getByName("fd01::1"))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "10.0.0.0", "10.0.0.0/33", "fd00::/129", "localhost/8", "10.0.0/8/8", "1.2.3.4.5/8", "::g/1"
            })
    void whatIsNoNetworkIsNotTakenForOne(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }

    @Test
    void aNetworkIsAllOfItsAddressesAndNoOther() throws UnknownHostException {
        assertThat(Network.of("0.0.0.0/0").contains(InetAddress.getByName("255.1.2.3")))
                .isTrue();
        assertThat(Network.of("0.0.0.0/0").contains(InetAddress.getByName("::1")))
                .isFalse();
        assertThat(Network.of("9.9.9.9/32").contains(InetAddress.getByName("9.9.9.9")))
                .isTrue();
        assertThat(Network.of("9.9.9.9/32").contains(InetAddress.getByName("9.9.9.8")))
                .isFalse();
        assertThat(Network.of("9.9.9.9/32")).hasToString("9.9.9.9/32");
        assertThatThrownBy(() -> new Network(InetAddress.getByName("9.9.9.9"), 33))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 to 32");
    }
}
