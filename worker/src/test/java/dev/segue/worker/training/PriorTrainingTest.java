package dev.segue.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.segue.worker.sampling.TinyPriors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PriorTrainingTest {
    private static final int STEPS = 30;

    @TempDir
    Path folder;

    @Test
    void itLearnsAPatternByHeart() throws IOException {
        try (PriorTraining training = training();
                Optimiser optimiser = new Optimiser(
                        Device.cpu(),
                        new Optimiser.Settings(
                                Adam.Settings.DEFAULT,
                                0.01,
                                new LearningRateSchedule(1, 0, new LearningRateSchedule.Stepwise(1, 1)),
                                1,
                                0,
                                0.9),
                        new NDList(training.parameters().values()))) {
            int[] pattern = new int[TinyPriors.CONTEXT];
            Arrays.setAll(pattern, i -> i * 5 % TinyPriors.CODES);
            PriorBatch batch = batch(pattern);
            double before = training.losses(batch).prior().loss();
            for (int step = 0; step < STEPS; step++) {
                try (NDManager scratch = training.newManager()) {
                    optimiser.step(training.gradients(scratch, batch).gradients());
                }
            }
            assertThat(training.losses(batch).prior().loss()).isLessThan(before / 4);
            assertThat(training.losses(batch).prior().music())
                    .isEqualTo(training.losses(batch).prior().loss());
        }
    }

    @Test
    void aTiedOutputMatrixIsNoParameterOfItsOwn() throws IOException {
        try (PriorTraining training = training();
                NDManager manager = training.newManager()) {
            assertThat(training.parameters()).containsKey("prior.x_emb.weight").doesNotContainKey("prior.x_out.weight");
            PriorTraining.Gradients result = training.gradients(manager, batch(new int[TinyPriors.CONTEXT]));
            assertThat(result.gradients()).hasSameSizeAs(training.parameters().values());
        }
    }

    @Test
    void itPredictsTheCodesFromThoseThatItReads() throws IOException {
        int[] codes = new int[TinyPriors.CONTEXT];
        Arrays.setAll(codes, i -> i * 5 % TinyPriors.CODES);
        int[] others = codes.clone();
        others[TinyPriors.CONTEXT - 1] = (codes[TinyPriors.CONTEXT - 1] + 1) % TinyPriors.CODES;
        try (PriorTraining training = training()) {
            double told = training.losses(batch(codes)).prior().music();
            assertThat(training.losses(reading(codes, codes)).prior().music()).isEqualTo(told);
            assertThat(training.losses(reading(codes, others)).prior().music())
                    .as("nothing comes after the last code that could be predicted from it")
                    .isEqualTo(told);
            others[0] = (codes[0] + 1) % TinyPriors.CODES;
            assertThat(training.losses(reading(codes, others)).prior().music()).isNotEqualTo(told);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> training.losses(reading(codes, new int[3])))
                    .withMessage("an item has 3 codes as it reads them but the prior takes " + TinyPriors.CONTEXT);
        }
    }

    @Test
    void batchesThatAreNotOfWholeWindowsAreRefused() throws IOException {
        try (PriorTraining training = training()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> training.losses(batch(new int[3])))
                    .withMessage("an item has 3 codes but the prior takes " + TinyPriors.CONTEXT);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PriorBatch(List.of(), List.of(), List.of()))
                .withMessageContaining("at least one");
    }

    private PriorTraining training() throws IOException {
        return new PriorTraining(TinyPriors.SHAPE, TinyPriors.weights(folder), Device.cpu());
    }

    private static PriorBatch reading(int[] codes, int[] heard) {
        PriorBatch batch = batch(codes);
        return new PriorBatch(batch.codes(), batch.labels(), batch.above(), batch.sung(), List.of(heard));
    }

    private static PriorBatch batch(int[] codes) {
        return new PriorBatch(List.of(codes), Collections.singletonList(null), Collections.singletonList(null));
    }
}
