package dev.segue.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CodeFrequenciesTest {
    private static CodeFrequencies of(int... codes) {
        CodeFrequencies frequencies = new CodeFrequencies(4);
        frequencies.add(codes);
        return frequencies;
    }

    @Test
    void evenCodesTakeTheLogarithmOfTheirNumber() {
        assertThat(of(0, 1, 2, 3).entropy()).isEqualTo(2);
        assertThat(of(0, 0, 1, 1).entropy()).isEqualTo(1);
        assertThat(of(2, 2, 2).entropy()).isZero();
        assertThat(of().entropy()).isZero();
    }

    @Test
    void otherCodesTakeMoreThanTheirOwnEntropy() {
        CodeFrequencies train = of(0, 0, 0, 1, 2, 3);
        assertThat(train.crossEntropy(train)).isCloseTo(train.entropy(), within(1e-12));
        assertThat(train.crossEntropy(of(1, 1))).isCloseTo(Math.log(6) / Math.log(2), within(1e-12));
        assertThat(train.crossEntropy(of())).isZero();
    }

    @Test
    void aCodeThatNeverOccurredCountsAsHalfAnOccurrence() {
        CodeFrequencies train = of(0, 1, 2);
        assertThat(train.crossEntropy(of(3))).isCloseTo(Math.log(7) / Math.log(2), within(1e-12));
        assertThat(train.total()).isEqualTo(3);
    }
}
