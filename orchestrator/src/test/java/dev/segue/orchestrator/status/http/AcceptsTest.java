package dev.segue.orchestrator.status.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AcceptsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "none | false",
                "'' | false",
                "*/* | false",
                "text/html,application/xhtml+xml,*/*;q=0.8 | true",
                "application/json | false",
                "text/html;q=0.5, application/json | false",
                "application/json;q=0.5, TEXT/HTML;q=0.6 | true",
                "text/html;q=nonsense | false",
            })
    void aPageIsForWhoWantsItMoreThanJson(String accept, boolean html) {
        assertThat(Accepts.html(accept)).isEqualTo(html);
    }
}
