package dev.segue.worker.parity;

import static dev.segue.worker.parity.Tolerance.TENSOR;
import static dev.segue.worker.parity.Tolerance.assertClose;
import static dev.segue.worker.parity.Tolerance.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.worker.torch.Torch;
import dev.segue.worker.training.Adam;
import dev.segue.worker.training.MovingAverage;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimiserParityTest {
    private final SafetensorsFile file = Fixtures.tensors("misc/adam.safetensors");
    private final JsonNode training = Fixtures.json("misc/training.json");

    @Test
    void stepsOfAdamAreTheSame() {
        JsonNode settings = training.get("adam");
        try (NDManager manager = Torch.manager(Fixtures.device())) {
            NDList parameters = all(manager, "adam.p%d.step0");
            try (Adam adam = new Adam(Fixtures.device(), settings(settings), parameters)) {
                JsonNode scales = settings.get("scales");
                for (int step = 1; step <= scales.size(); step++) {
                    NDList gradients = all(manager, "adam.g%d.step" + step);
                    adam.step(
                            gradients,
                            settings.get("lr").asDouble(),
                            scales.get(step - 1).asDouble());
                    assertAll(parameters, "adam.p%d.step" + step);
                }
                int n = parameters.size();
                assertAll(new NDList(adam.moments().subList(0, n)), "adam.p%d.exp_avg");
                assertAll(new NDList(adam.moments().subList(n, 2 * n)), "adam.p%d.exp_avg_sq");
            }
        }
    }

    @Test
    void halfPrecisionParametersAndMomentsAreTheSame() {
        JsonNode settings = training.get("fp16adam");
        try (NDManager manager = Torch.manager(Fixtures.device())) {
            NDList parameters = all(manager, "fp16adam.p%d.step0");
            try (Adam adam = new Adam(Fixtures.device(), settings(settings), parameters)) {
                double divisor = settings.get("scale").asDouble();
                for (int step = 1; step <= settings.get("state_scales").size(); step++) {
                    adam.step(
                            all(manager, "fp16adam.g%d.step" + step),
                            settings.get("lr").asDouble(),
                            divisor);
                    assertAll(parameters, "fp16adam.p%d.step" + step);
                    assertHalf(adam, 0, "fp16adam.p%d.exp_avg.step" + step);
                    assertHalf(adam, parameters.size(), "fp16adam.p%d.exp_avg_sq.step" + step);
                }
            }
        }
    }

    /** Only moments of half-precision parameters are recorded. */
    private void assertHalf(Adam adam, int from, String pattern) {
        for (int i = 0; file.tensors().containsKey(pattern.formatted(i)); i++) {
            NDArray moment = adam.moments().get(from + i);
            assertThat(moment.getDataType()).isEqualTo(DataType.FLOAT16);
            assertClose(pattern.formatted(i), moment, tensor(moment.getManager(), file, pattern.formatted(i)), TENSOR);
        }
    }

    @Test
    void gradientsAreClippedByTheSameDivisor() {
        for (JsonNode given : training.get("clipped_grad_scale")) {
            double divisor = Adam.divisor(
                    given.get("grad_norm").asDouble(),
                    given.get("clip").asDouble(),
                    given.get("scale").asDouble());
            assertThat(divisor).isEqualTo(given.get("out").asDouble());
        }
    }

    @Test
    void averagesDecayByTheSameShare() {
        for (JsonNode given : training.get("ema_mu")) {
            assertThat(MovingAverage.decay(
                            given.get("bs").asInt(), given.get("ngpus").asInt()))
                    .isCloseTo(given.get("mu").asDouble(), within(1e-15));
        }
    }

    private static Adam.Settings settings(JsonNode json) {
        return new Adam.Settings(
                json.get("betas").get(0).asDouble(),
                json.get("betas").get(1).asDouble(),
                json.get("eps").asDouble(),
                json.get("weight_decay").asDouble());
    }

    /** Copies, since fixtures lie in a mapped file that cannot be written to. */
    private NDList all(NDManager manager, String pattern) {
        NDList tensors = new NDList();
        for (int i = 0; file.tensors().containsKey(pattern.formatted(i)); i++) {
            tensors.add(tensor(manager, file, pattern.formatted(i)).duplicate());
        }
        return tensors;
    }

    private void assertAll(List<NDArray> actual, String pattern) {
        for (int i = 0; i < actual.size(); i++) {
            NDArray expected = tensor(actual.get(i).getManager(), file, pattern.formatted(i));
            assertClose(pattern.formatted(i), actual.get(i), expected, TENSOR);
        }
    }
}
