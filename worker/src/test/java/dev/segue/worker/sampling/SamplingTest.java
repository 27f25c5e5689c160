package dev.segue.worker.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {
    @Test
    void theDefaultIsTheOriginalsAndLimitsNothing() {
        assertThat(Sampling.DEFAULT).isEqualTo(new Sampling(0.99, 0, 0));
        assertThat(Sampling.DEFAULT.limited()).isFalse();
        assertThat(new Sampling(1, 1, 0).limited()).isTrue();
        assertThat(new Sampling(1, 0, 0.5).limited()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1e-4, 101, Double.NaN, Double.POSITIVE_INFINITY})
    void aTemperatureThatNothingCanBeDividedByIsRefused(double temperature) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sampling(temperature, 0, 0))
                .withMessageStartingWith("temperature is " + temperature);
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, topK is -1", "0, -0.1, topP is -0.1", "0, 1.1, topP is 1.1", "0, NaN, topP is NaN"})
    void limitsOutOfRangeAreRefused(int topK, double topP, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sampling(1, topK, topP))
                .withMessageStartingWith(message);
    }

    @Test
    void bothLimitsAtOnceAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Sampling(1, 5, 0.5))
                .withMessageContaining("only one of them");
    }
}
