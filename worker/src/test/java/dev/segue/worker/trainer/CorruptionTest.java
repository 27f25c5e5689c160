package dev.segue.worker.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.segue.worker.training.PriorBatch;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorruptionTest {
    private static final int CODES = 1000;
    private static final int VOCABULARY = 512;
    private static final int WINDOWS = 400;

    @Test
    void aShareOfTheWindowsIsReadWithAShareOfWrongCodesOfTheirOwn() {
        List<Double> wrong = wrong(new Corruption(0, 0.5, 0.8), 0);
        double whole = wrong.stream().filter(share -> share == 0).count() / (double) WINDOWS;
        assertThat(whole).isCloseTo(0.5, within(0.1));
        assertThat(wrong).allMatch(share -> share < 0.86);
        double mean = wrong.stream()
                .filter(share -> share > 0)
                .mapToDouble(share -> share)
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0.4, within(0.06));
        assertThat(wrong.stream().distinct().count()).isGreaterThan(WINDOWS / 4);
    }

    @Test
    void nothingIsWrongBeforeItsStep() {
        Corruption corruption = new Corruption(7, 1, 1);
        PriorBatch batch = batch();
        assertThat(corruption.of(batch, 6, VOCABULARY, new SplittableRandom(1))).isSameAs(batch);
        assertThat(wrong(corruption, 7)).anyMatch(share -> share > 0.5);
    }

    @Test
    void whatIsToBePredictedStaysRight() {
        PriorBatch batch = batch();
        PriorBatch read = new Corruption(0, 1, 1).of(batch, 0, VOCABULARY, new SplittableRandom(1));
        assertThat(read.codes()).isSameAs(batch.codes());
        assertThat(read.codes()).allMatch(codes -> Arrays.stream(codes).allMatch(code -> code == 3));
        assertThat(read.heard())
                .allMatch(codes -> Arrays.stream(codes).allMatch(code -> code >= 0 && code < VOCABULARY));
    }

    @Test
    void sharesOutsideOfZeroToOneAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Corruption(0, 1.5, 1))
                .withMessage(
                        "the recipe has levels.corruption.windows 1.5 but it must be 0 to 1; correct it in the recipe");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Corruption(0, 1, Double.NaN))
                .withMessageContaining("levels.corruption.most");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Corruption(-1, 1, 1))
                .withMessageContaining("levels.corruption.from");
    }

    /** Share of codes of each window that are read as another one. */
    private static List<Double> wrong(Corruption corruption, long step) {
        PriorBatch batch = batch();
        PriorBatch read = corruption.of(batch, step, VOCABULARY, new SplittableRandom(1));
        return read.heard().stream()
                .map(codes -> Arrays.stream(codes).filter(code -> code != 3).count() / (double) CODES)
                .toList();
    }

    private static PriorBatch batch() {
        List<int[]> codes = IntStream.range(0, WINDOWS)
                .mapToObj(window -> {
                    int[] same = new int[CODES];
                    Arrays.fill(same, 3);
                    return same;
                })
                .toList();
        return new PriorBatch(codes, Collections.nCopies(WINDOWS, null), Collections.nCopies(WINDOWS, null));
    }
}
