package dev.segue.orchestrator.callback;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps requests of strangers from reaching what only this machine or its network can reach. Refused is whatever the
 * registries of special-purpose addresses (IANA, after RFC 6890) do not call globally reachable, and of IPv6 everything
 * outside the range that is given out for global use.
 *
 * @param allowed networks that may be reached all the same
 */
public record AddressGuard(List<Network> allowed) {
    private static final Network GLOBAL_IPV6 = Network.of("2000::/3");
    private static final Map<Network, String> REFUSED = refused();

    public AddressGuard {
        allowed = List.copyOf(allowed);
    }

    /**
     * Why an address may not be reached; empty if it may. An IPv4 address that is mapped into IPv6 is an IPv4 address here,
     * since {@link InetAddress} makes it one.
     */
    public Optional<String> refusal(InetAddress address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return Optional.empty();
        }
        for (Map.Entry<Network, String> refused : REFUSED.entrySet()) {
            if (refused.getKey().contains(address)) {
                return Optional.of(refused.getKey() + ", " + refused.getValue());
            }
        }
        return address instanceof Inet6Address && !GLOBAL_IPV6.contains(address)
                ? Optional.of("none of " + GLOBAL_IPV6 + ", which is all of IPv6 that is globally reachable")
                : Optional.empty();
    }

    private static Map<Network, String> refused() {
        Map<Network, String> refused = new LinkedHashMap<>();
        refused.put(Network.of("0.0.0.0/8"), "this network");
        refused.put(Network.of("10.0.0.0/8"), "private");
        refused.put(Network.of("100.64.0.0/10"), "shared by customers of a carrier");
        refused.put(Network.of("127.0.0.0/8"), "this machine");
        refused.put(Network.of("168.63.129.16/32"), "the metadata of a cloud");
        refused.put(Network.of("169.254.0.0/16"), "link-local, where clouds keep metadata");
        refused.put(Network.of("172.16.0.0/12"), "private");
        refused.put(Network.of("192.0.0.0/24"), "kept for protocols");
        refused.put(Network.of("192.0.2.0/24"), "for documentation");
        refused.put(Network.of("192.88.99.0/24"), "relays to IPv6");
        refused.put(Network.of("192.168.0.0/16"), "private");
        refused.put(Network.of("198.18.0.0/15"), "for benchmarks");
        refused.put(Network.of("198.51.100.0/24"), "for documentation");
        refused.put(Network.of("203.0.113.0/24"), "for documentation");
        refused.put(Network.of("224.0.0.0/4"), "multicast");
        refused.put(Network.of("240.0.0.0/4"), "reserved");
        refused.put(Network.of("::1/128"), "this machine");
        refused.put(Network.of("64:ff9b::/96"), "IPv4 behind a translator");
        refused.put(Network.of("fc00::/7"), "private");
        refused.put(Network.of("fe80::/10"), "link-local");
        refused.put(Network.of("ff00::/8"), "multicast");
        refused.put(Network.of("2001::/23"), "kept for protocols");
        refused.put(Network.of("2001:db8::/32"), "for documentation");
        refused.put(Network.of("2002::/16"), "IPv4 inside IPv6");
        refused.put(Network.of("3fff::/20"), "for documentation");
        return refused;
    }
}
