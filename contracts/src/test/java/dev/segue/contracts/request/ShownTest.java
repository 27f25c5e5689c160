package dev.segue.contracts.request;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
    @Test
    void textStandsInQuotes() {
        assertThat(Shown.quoted("a b")).isEqualTo("\"a b\"");
        assertThat(Shown.quoted("")).isEqualTo("\"\"");
    }

    @Test
    void whatATerminalObeysIsEscapedAndSoIsWhatTurnsTextAround() {
        assertThat(Shown.quoted("a\u001b[31m\r\n\u202eb")).isEqualTo("\"a\\u001b[31m\\u000d\\u000a\\u202eb\"");
    }

    @Test
    void longTextIsCutBetweenCharacters() {
        assertThat(Shown.quoted("x".repeat(60))).isEqualTo("\"" + "x".repeat(60) + "\"");
        assertThat(Shown.quoted("x".repeat(59) + "🎵🎵")).isEqualTo("\"" + "x".repeat(59) + "…\" (63 characters)");
    }

    @ParameterizedTest
    @CsvSource({
        "20, 20",
        "0.99, 0.99",
        "600.0, 600",
        "-0.5, -0.5",
        "0, 0",
        "1e300, 1.0E300",
        "1e-300, 1.0E-300",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void numbersAreWrittenAsPeopleDo(double number, String shown) {
        assertThat(Shown.number(number)).isEqualTo(shown);
    }

    @Test
    void timeIsShownToTheMillisecond() {
        assertThat(Shown.seconds(5.94449)).isEqualTo("5.944 s");
    }
}
