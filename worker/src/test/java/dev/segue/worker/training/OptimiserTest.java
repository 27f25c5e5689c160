package dev.segue.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.segue.worker.torch.Torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptimiserTest {
    private static final double RATE = 0.1;

    @Test
    void theFirstStepOfAWarmUpMovesNothingAndTheRateGrowsAfterwards() {
        try (NDManager manager = Torch.manager(Device.cpu())) {
            NDArray parameter = manager.create(new float[] {1, 2});
            try (Optimiser optimiser = optimiser(parameter, new LearningRateSchedule(1, 4, constant()), 0)) {
                NDList gradients = new NDList(manager.create(new float[] {0.3f, -0.4f}));
                Optimiser.Step first = optimiser.step(gradients);
                assertThat(first).isEqualTo(new Optimiser.Step(first.norm(), 0, false));
                assertThat(first.norm()).isCloseTo(0.5, within(1e-6));
                assertThat(parameter.toFloatArray()).containsExactly(1, 2);
                assertThat(optimiser.step(gradients).learningRate()).isCloseTo(RATE / 4, within(1e-12));
                float[] moved = parameter.toFloatArray();
                assertThat(moved[0]).isLessThan(1);
                assertThat(moved[1]).isGreaterThan(2);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, 100})
    void gradientsThatAreNoNumbersOrTooLargeAreSkippedWithoutATrace(float bad) {
        try (NDManager manager = Torch.manager(Device.cpu())) {
            NDArray parameter = manager.create(new float[] {1, 2});
            NDArray alike = parameter.duplicate();
            LearningRateSchedule schedule = new LearningRateSchedule(1, 0, constant());
            try (Optimiser optimiser = optimiser(parameter, schedule, 50);
                    Optimiser undisturbed = optimiser(alike, schedule, 50)) {
                NDList good = new NDList(manager.create(new float[] {0.3f, -0.4f}));
                assertThat(optimiser
                                .step(new NDList(manager.create(new float[] {0, bad})))
                                .skipped())
                        .isTrue();
                assertThat(optimiser.step(good)).isEqualTo(undisturbed.step(good));
                assertThat(parameter.toFloatArray()).isEqualTo(alike.toFloatArray());
                assertThat(optimiser.average().averages().get(0).toFloatArray())
                        .isEqualTo(undisturbed.average().averages().get(0).toFloatArray());
            }
        }
    }

    @Test
    void aClipThatLeavesNothingIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Optimiser.Settings(Adam.Settings.DEFAULT, RATE, LearningRateSchedule.standard(), 0, 0, 0.5))
                .withMessageStartingWith("clip is 0");
    }

    private static LearningRateSchedule.Decay constant() {
        return new LearningRateSchedule.Stepwise(1, 1);
    }

    private static Optimiser optimiser(NDArray parameter, LearningRateSchedule schedule, double ignoredAbove) {
        return new Optimiser(
                Device.cpu(),
                new Optimiser.Settings(Adam.Settings.DEFAULT, RATE, schedule, 1, ignoredAbove, 0.5),
                new NDList(parameter));
    }
}
