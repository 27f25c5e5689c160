package dev.segue.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.segue.worker.torch.Torch;
import org.junit.jupiter.api.Test;

class AdamTest {

    @Test
    void theNormIsThatOfAllGradientsTogether() {
        try (NDManager manager = Torch.manager(Device.cpu());
                Adam adam = new Adam(
                        Device.cpu(),
                        Adam.Settings.DEFAULT,
                        new NDList(manager.create(new float[2]), half(manager, 0)))) {
            NDList gradients = new NDList(manager.create(new float[] {2, 3}), half(manager, 6));
            assertThat(adam.norm(gradients)).isCloseTo(7, within(1e-6));
            gradients = new NDList(manager.create(new float[] {2, Float.POSITIVE_INFINITY}), half(manager, 6));
            assertThat(adam.norm(gradients)).isInfinite();
            NDList one = new NDList(half(manager, 1));
            assertThatThrownBy(() -> adam.step(one, 0.1, 1)).hasMessageContaining("got 1 gradients for 2 parameters");
        }
    }

    private static NDArray half(NDManager manager, float value) {
        return manager.create(new float[] {value}).toType(DataType.FLOAT16, true);
    }

    @Test
    void aStepOfRateZeroLeavesTheParametersButNotTheMoments() {
        try (NDManager manager = Torch.manager(Device.cpu())) {
            NDArray parameter = manager.create(new float[] {1, 2});
            try (Adam adam = new Adam(Device.cpu(), Adam.Settings.DEFAULT, new NDList(parameter))) {
                adam.step(new NDList(manager.create(new float[] {5, 5})), 0, 1);
                assertThat(parameter.toFloatArray()).containsExactly(1, 2);
                assertThat(adam.moments().get(0).toFloatArray()[0]).isCloseTo(0.5f, within(1e-6f));
                assertThat(adam.steps()).isEqualTo(1);
            }
        }
    }

    @Test
    void averagesFollowParametersAndCanBeSwappedInAndOut() {
        try (NDManager manager = Torch.manager(Device.cpu())) {
            NDArray parameter = manager.create(new float[] {1});
            try (MovingAverage average = new MovingAverage(Device.cpu(), new NDList(parameter))) {
                parameter.addi(1);
                average.update(0.75);
                assertThat(average.averages().get(0).toFloatArray()).containsExactly(1.25f);
                average.swap();
                assertThat(parameter.toFloatArray()).containsExactly(1.25f);
                average.swap();
                assertThat(parameter.toFloatArray()).containsExactly(2);
                assertThat(average.averages().get(0).toFloatArray()).containsExactly(1.25f);
            }
        }
    }
}
