package dev.segue.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.audio.Resolution;
import dev.segue.worker.training.VqVaeLoss.Reconstruction;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class VqVaeTrainingTest {
    static final VqVaeShape SHAPE =
            new VqVaeShape(8000, List.of(2, 1), List.of(2, 2), 8, 16, 8, 2, List.of(1, 1), 1.0, 3, null, true);
    static final VqVaeLoss LOSS = new VqVaeLoss(
            new Reconstruction(0, 1, 0.02, 64),
            0,
            false,
            1,
            List.of(new Resolution(256, 50, 240)),
            0.02,
            new Bandwidths(0.3, 0.1, 20));

    @Test
    void aFreshOneLearnsToRepeatATone() {
        try (VqVaeTraining training = fresh();
                Adam adam = new Adam(Device.cpu(), Adam.Settings.DEFAULT, parameters(training));
                NDManager manager = training.newManager()) {
            Random random = new Random(2);
            NDArray sound = tone(manager);
            training.begin(sound, training.restarts(random, sound));
            double before = training.evaluate(sound).loss();
            for (int step = 0; step < 40; step++) {
                try (NDManager scratch = training.newManager()) {
                    var result = training.gradients(scratch, sound, training.restarts(random, sound));
                    double norm = adam.norm(result.gradients());
                    adam.step(result.gradients(), 0.003, Adam.divisor(norm, 1, 1));
                }
            }
            assertThat(training.evaluate(sound).loss()).isLessThan(before / 2);
        }
    }

    @Test
    void soundTooShortForTheLongestTransformIsRefused() {
        try (VqVaeTraining training = fresh();
                NDManager manager = training.newManager()) {
            assertThatThrownBy(() -> training.evaluate(manager.zeros(new Shape(1, 1024))))
                    .hasMessageContaining("1024 samples")
                    .hasMessageContaining("longer than half the longest transform, 1024");
        }
    }

    @Test
    void evaluatingLearnsNothing() {
        try (VqVaeTraining training = fresh();
                NDManager manager = training.newManager()) {
            NDArray sound = tone(manager);
            training.begin(sound, training.restarts(new Random(3), sound));
            float[] entries = training.level(0).codebook().get(0).toFloatArray();
            assertThat(training.evaluate(sound)).isEqualTo(training.evaluate(sound));
            assertThat(training.level(0).codebook().get(0).toFloatArray()).containsExactly(entries);
        }
    }

    @Test
    void entriesThatNothingChoosesRestartAsRowsOfTheBatchAndKeepTheirSums() {
        try (VqVaeTraining training = fresh();
                NDManager manager = training.newManager()) {
            VqVaeLevelTraining level = training.level(0);
            NDArray latents = manager.randomNormal(new Shape(1, 8, 40));
            level.begin(latents, Restarts.inOrder(16, 8));
            NDArray codes = manager.zeros(new Shape(1, 40), DataType.INT64);
            float countBefore = level.codebook().get(2).getFloat(5);
            level.learn(latents, codes, Restarts.inOrder(16, 8));
            assertThat(level.codebook().get(2).getFloat(5)).isEqualTo(countBefore * 0.99f);
            assertThat(level.codebook().get(0).get(5).toFloatArray())
                    .containsExactly(latents.get(0).transpose().get(5).toFloatArray());
        }
    }

    @Test
    void restartsAreDrawnWithoutReplacementAndRepeatSmallBatchesWithNoise() {
        Restarts large = Restarts.draw(new Random(4), 100, 16, 8);
        assertThat(Arrays.stream(large.picks())).doesNotHaveDuplicates().allMatch(row -> row >= 0 && row < 100);
        assertThat(large.noise()).containsOnly(0);
        Restarts small = Restarts.draw(new Random(4), 6, 16, 8);
        assertThat(Arrays.stream(small.picks())).doesNotHaveDuplicates().allMatch(row -> row >= 0 && row < 18);
        double squares = 0;
        for (float noise : small.noise()) {
            squares += noise * noise;
        }
        assertThat(Math.sqrt(squares / small.noise().length)).isBetween(0.0028, 0.0043);
    }

    @Test
    void drawsOfAllRowsArePermutations() {
        long[] picks = Restarts.draw(new Random(5), 16, 16, 1).picks();
        Arrays.sort(picks);
        assertThat(picks).containsExactly(LongStream.range(0, 16).toArray());
    }

    private static VqVaeTraining fresh() {
        return VqVaeTraining.fresh(Device.cpu(), SHAPE, LOSS, CodebookLearning.RELEASED, new Random(1));
    }

    private static NDList parameters(VqVaeTraining training) {
        return new NDList(training.parameters().values().toArray(NDArray[]::new));
    }

    private static NDArray tone(NDManager manager) {
        float[] sound = new float[2 * 1536];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) (0.5 * Math.sin(i * 0.15));
        }
        return manager.create(sound, new Shape(2, 1536));
    }
}
