package dev.segue.orchestrator.callback;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallbackRulesTest {
    private static final AddressGuard GUARD = new AddressGuard(List.of());
    private static final CallbackRules STRICT = new CallbackRules(true, false, Set.of(443, 80), GUARD);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://studio.example/a | must begin with https:// | SEGUE_WEBHOOK_PLAIN_HTTP",
                "https://studio.example:22/ | names port 22, but only [80, 443] | SEGUE_WEBHOOK_PORTS",
                "https://127.0.0.1/ | 127.0.0.0/8 | SEGUE_WEBHOOK_ALLOWED_NETWORKS",
                "https://[::ffff:169.254.169.254]/latest | 169.254.0.0/16 | SEGUE_WEBHOOK_ALLOWED_NETWORKS",
                "https://[fd00::1]/ | fc00:0:0:0:0:0:0:0/7 | SEGUE_WEBHOOK_ALLOWED_NETWORKS",
                "gopher://studio.example/ | absolute address of http or https | correct it",
                "https:///a | absolute address of http or https | correct it",
                "https://studio example | absolute address of http or https | correct it",
            })
    void whatMayNotBeCalledIsRefusedWithLimitAndFix(String address, String limit, String fix) {
        assertThat(STRICT.problem(address)).hasValueSatisfying(problem -> {
            assertThat(problem.limit()).contains(limit);
            assertThat(problem.fix()).contains(fix);
        });
    }

    @ParameterizedTest
    @CsvSource({"https://studio.example/a?b=c", "HTTPS://studio.example:443", "https://9.9.9.9/", "https://localhost/"})
    void whatMayBeCalledPassesAsFarAsItCanBeSeenWithoutItsAddress(String address) {
        assertThat(STRICT.problem(address)).isEmpty();
    }

    @Test
    void plainHttpAndAnyPortPassWhereTheyAreAllowed() {
        CallbackRules open = new CallbackRules(true, true, Set.of(), GUARD);
        assertThat(open.problem("http://studio.example:8123/")).isEmpty();
        assertThat(STRICT.problem("http://studio.example:80/")).isPresent();
    }

    @Test
    void whereNobodyIsToldAnAddressIsRefusedWithTheSettingThatWouldTell() {
        assertThat(CallbackRules.NONE.problem("https://studio.example/"))
                .hasValueSatisfying(problem -> assertThat(problem.fix()).contains("SEGUE_WEBHOOK_SECRET"));
    }
}
