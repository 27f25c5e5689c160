package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    @Test
    void anInstallationAllowsWhatThePublishedModelsKnow() {
        assertThat(Limits.DEFAULT).isEqualTo(new Limits(600, 20_000, 200, 16, 64));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 | 1 | 0 | 1 | limit maxSeconds is 0.0 but must be more than 0 and at most 3600; choose another",
                "NaN | 0 | 1 | 0 | 1 | limit maxSeconds is NaN but must be more than 0 and at most 3600; choose another",
                "3601 | 0 | 1 | 0 | 1 | limit maxSeconds is 3601.0 but must be more than 0 and at most 3600; choose another",
                "1 | -1 | 1 | 0 | 1 | limit maxLyrics is -1 but must be at least 0; choose another",
                "1 | 0 | 0 | 0 | 1 | limit maxName is 0 but must be at least 1; choose another",
                "1 | 0 | 1 | -1 | 1 | limit maxGenres is -1 but must be at least 0; choose another",
                "1 | 0 | 1 | 0 | 0 | limit maxParallelSegments is 0 but must be at least 1; choose another",
            })
    void limitsUnderWhichNothingCouldBeAskedForAreRefused(
            double seconds, int lyrics, int name, int genres, int segments, String sentence) {
        assertThatThrownBy(() -> new Limits(seconds, lyrics, name, genres, segments))
                .hasMessage(sentence);
    }
}
