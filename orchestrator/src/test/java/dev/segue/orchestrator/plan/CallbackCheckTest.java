package dev.segue.orchestrator.plan;

import static dev.segue.orchestrator.plan.Verdicts.assertFine;
import static dev.segue.orchestrator.plan.Verdicts.assertRefused;
import static dev.segue.orchestrator.plan.Verdicts.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The address that a producer wants to be told at. */
class CallbackCheckTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"http://a", "HTTPS://studio.example:8443/a/b?c=d", "http://[::1]:8080/", "http://127.0.0.1"})
    void anAddressOfHttpPassesWhereverItIs(String address) {
        assertFine(request().setCallbackUrl(address));
        assertThat(CallbackCheck.usable(request().setCallbackUrl(address).build()))
                .contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/songs",
                "studio.example/songs",
                "ftp://studio.example",
                "file:///etc/passwd",
                "http:///songs",
                "http://user:secret@studio.example",
                "http://studio.example/#a",
                "http://studio.example:0/",
                "http://studio.example:65536/",
                "http://studio example"
            })
    void whatNobodyCanBeToldAtIsRefused(String address) {
        assertRefused(
                request().setCallbackUrl(address),
                "callbackUrl is \"" + address + "\", but must be an absolute address of http or https with a host and"
                        + " without user and fragment; correct it, or set none.");
        assertThat(CallbackCheck.usable(request().setCallbackUrl(address).build()))
                .isEmpty();
    }

    @Test
    void anAddressOfMoreThanTwoThousandCharactersIsRefused() {
        String address = "http://studio.example/";
        assertFine(request().setCallbackUrl(address + "a".repeat(2000 - address.length())));
        assertRefused(
                request().setCallbackUrl(address + "a".repeat(2001 - address.length())),
                "callbackUrl is \"" + address + "a".repeat(60 - address.length())
                        + "…\" (2001 characters), but must have at most 2000 characters and has 2001; shorten it.");
    }
}
