package dev.segue.worker.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.worker.jukebox.Conditions;
import dev.segue.worker.jukebox.Prior;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotEngineTest {
    /** A chi-square value of 23 degrees of freedom exceeds this once in ten thousand times. */
    private static final double CHI_SQUARE_LIMIT = 56;

    @TempDir
    Path folder;

    @Test
    void aBurstEndsAfterSixtyFourCodesSoThatAWindowCanBeTakenOut() throws IOException {
        try (SlotEngine engine = TinyPriors.engine(TinyPriors.weights(folder), 2)) {
            int slot = engine.join(TinyPriors.job(0, TinyPriors.CONTEXT, Sampling.DEFAULT, 1));
            List<SlotEngine.Written> written = engine.advance();
            assertThat(written).hasSize(1);
            assertThat(written.get(0).codes()).hasSize(SlotEngine.BURST).hasSizeLessThanOrEqualTo(64);
            assertThat(written.get(0).finished()).isFalse();
            engine.leave(slot);
            assertThat(engine.freeSlots()).isEqualTo(2);
            assertThat(engine.advance()).isEmpty();
        }
    }

    @Test
    void aWindowWhoseLogitsAreNoNumbersFailsAloneAndItsSlotServesTheNext() throws IOException {
        WindowJob beside = TinyPriors.job(3, 60, Sampling.DEFAULT, 2);
        WindowJob next = TinyPriors.job(5, 70, Sampling.DEFAULT, 3);
        int[] besideCodes;
        int[] nextCodes;
        try (SlotEngine engine = TinyPriors.engine(TinyPriors.weights(folder), 2)) {
            besideCodes = all(engine, beside);
            nextCodes = all(engine, next);
        }
        try (SlotEngine engine = TinyPriors.engine(TinyPriors.damagedAt(100, folder), 2)) {
            int damaged = engine.join(TinyPriors.job(90, 60, Sampling.DEFAULT, 1));
            int whole = engine.join(beside);
            List<SlotEngine.Written> written = engine.advance();
            assertThat(written.get(damaged).failed()).isTrue();
            assertThat(written.get(damaged).codes()).isEmpty();
            assertThat(written.get(damaged).finished()).isFalse();
            assertThat(written.get(whole).failed()).isFalse();
            assertThat(written.get(whole).codes()).isEqualTo(besideCodes);
            assertThat(engine.freeSlots()).isEqualTo(2);
            assertThat(engine.join(next)).isEqualTo(damaged);
            assertThat(all(engine)).isEqualTo(nextCodes);
        }
    }

    @Test
    void codesAreDrawnWithTheProbabilitiesOfTheSoftmax() throws IOException {
        int draws = 2400;
        try (SlotEngine engine = TinyPriors.engine(TinyPriors.weights(folder), 8)) {
            double[] expected = firstProbabilities(engine.prior());
            int[] counts = new int[expected.length];
            for (int seed = 0; seed < draws; seed += 8) {
                for (int slot = 0; slot < 8; slot++) {
                    engine.join(TinyPriors.job(0, 1, new Sampling(1, 0, 0), seed + slot));
                }
                engine.advance().forEach(written -> counts[written.codes()[0]]++);
            }
            double chiSquare = 0;
            for (int code = 0; code < counts.length; code++) {
                chiSquare += Math.pow(counts[code] - draws * expected[code], 2) / (draws * expected[code]);
            }
            assertThat(chiSquare).isLessThan(CHI_SQUARE_LIMIT);
        }
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        try (SlotEngine engine = TinyPriors.engine(TinyPriors.weights(folder), 1)) {
            WindowJob job = TinyPriors.job(2, 10, Sampling.DEFAULT, 1);
            assertThatThrownBy(() -> engine.join(new WindowJob(
                            job.window(), null, new int[] {0, TinyPriors.CODES}, null, job.sampling(), 1)))
                    .hasMessageContaining("known code is " + TinyPriors.CODES);
            assertThatThrownBy(() -> engine.join(
                            new WindowJob(job.window(), new long[] {1, 2}, job.known(), null, job.sampling(), 1)))
                    .hasMessageContaining("label row has 2 entries but the prior takes 0");
            assertThat(engine.freeSlots()).isEqualTo(1);
            engine.join(job);
            assertThatThrownBy(() -> engine.join(job)).hasMessage("all 1 slots are taken");
        }
    }

    /** Probabilities of the first code of a window. */
    private static double[] firstProbabilities(Prior prior) {
        try (NDManager scratch = prior.newManager()) {
            NDArray one = scratch.zeros(new Shape(1, 1), DataType.INT64);
            float[] logits = prior.logits(scratch, one, new Conditions(prior).of(scratch, null, null))
                    .toFloatArray();
            double[] weights = new double[logits.length];
            for (int i = 0; i < logits.length; i++) {
                weights[i] = Math.exp(logits[i]);
            }
            double whole = Arrays.stream(weights).sum();
            double[] probabilities =
                    Arrays.stream(weights).map(weight -> weight / whole).toArray();
            assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-9));
            return probabilities;
        }
    }

    private static int[] all(SlotEngine engine, WindowJob job) {
        engine.join(job);
        return all(engine);
    }

    /** The codes of the only window in the engine. */
    private static int[] all(SlotEngine engine) {
        int[] codes = new int[0];
        boolean finished = false;
        while (!finished) {
            SlotEngine.Written written = engine.advance().get(0);
            int before = codes.length;
            codes = Arrays.copyOf(codes, before + written.codes().length);
            System.arraycopy(written.codes(), 0, codes, before, written.codes().length);
            finished = written.finished();
        }
        return codes;
    }
}
