package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.training.Adam;
import dev.segue.worker.training.LearningRateSchedule;
import dev.segue.worker.training.Optimiser;
import dev.segue.worker.training.PriorBatch;
import dev.segue.worker.training.PriorTraining;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses and gradients of priors in training against the original's. */
class PriorTrainingParityTest {
    private static final String SUMMARY = "training/summary.json";

    /** Priors of which the summary has norms. */
    static Stream<String> summarised() {
        if (!Fixtures.has(SUMMARY)) {
            return Stream.of();
        }
        return Fixtures.json(SUMMARY).properties().stream()
                .map(Map.Entry::getKey)
                .filter(name -> Fixtures.has(io(name)));
    }

    /** Priors of which there are whole gradients. */
    static Stream<String> detailed() {
        return summarised().filter(name -> Fixtures.has("training/" + name + "_grads.safetensors"));
    }

    @ParameterizedTest
    @MethodSource("summarised")
    void lossAndNormOfEveryGradientAreTheOriginals(String name) {
        JsonNode expected = Fixtures.json(SUMMARY).get(name);
        try (PriorTraining training = training(name);
                NDManager manager = training.newManager()) {
            PriorBatch batch = batch(training.shape(), Fixtures.tensors(io(name)));
            double before = training.losses(batch).prior().loss();
            Tolerance.assertClose("loss", before, expected.get("eval_mode_loss").asDouble(), Tolerance.TENSOR);
            PriorTraining.Gradients result = training.gradients(manager, batch);
            Tolerance.assertClose(
                    "loss",
                    result.losses().prior().loss(),
                    expected.get("train_mode_loss").asDouble(),
                    Tolerance.TENSOR);
            assertThat(training.parameters().keySet()).isEqualTo(names(expected.get("grad_l2")));
            double total = 0;
            Iterator<NDArray> gradients = result.gradients().iterator();
            for (String parameter : training.parameters().keySet()) {
                float[] gradient = gradients.next().toFloatArray();
                double sum = 0;
                double squares = 0;
                for (float value : gradient) {
                    sum += value;
                    squares += (double) value * value;
                }
                total += squares;
                double norm = expected.get("grad_l2").get(parameter).asDouble();
                Tolerance.assertClose("norm of " + parameter, Math.sqrt(squares) / norm, 1, Tolerance.GRADIENT);
                // A sum may cancel, so its error is measured by what it is made of.
                double most = norm * Math.sqrt(gradient.length);
                assertThat(Math.abs(sum
                                        - expected.get("grad_sum")
                                                .get(parameter)
                                                .asDouble())
                                / most)
                        .as("sum of %s", parameter)
                        .isLessThanOrEqualTo(Tolerance.GRADIENT);
            }
            assertThat(gradients.hasNext()).isFalse();
            double norm = expected.get("total_grad_norm").asDouble();
            Tolerance.assertClose("norm of all", Math.sqrt(total) / norm, 1, Tolerance.GRADIENT);
        }
    }

    @ParameterizedTest
    @MethodSource("detailed")
    void everyGradientIsTheOriginals(String name) {
        try (PriorTraining training = training(name);
                NDManager manager = training.newManager()) {
            SafetensorsFile expected = Fixtures.tensors("training/" + name + "_grads.safetensors");
            PriorBatch batch = batch(training.shape(), Fixtures.tensors(io(name)));
            Iterator<NDArray> gradients =
                    training.gradients(manager, batch).gradients().iterator();
            for (String parameter : training.parameters().keySet()) {
                Tolerance.assertCloseToItsLargest(
                        parameter,
                        gradients.next(),
                        TensorData.tensor(manager, expected, "grad." + parameter),
                        Tolerance.GRADIENT);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("detailed")
    void theParametersAfterOneStepAreTheOriginals(String name) {
        JsonNode given = Fixtures.json(SUMMARY).get(name).get("adam");
        Optimiser.Settings settings = new Optimiser.Settings(
                new Adam.Settings(
                        given.get("betas").get(0).asDouble(),
                        given.get("betas").get(1).asDouble(),
                        given.get("eps").asDouble(),
                        given.get("weight_decay").asDouble()),
                given.get("lr").asDouble(),
                // The fixture's one step is at the full rate.
                new LearningRateSchedule(1, 0, new LearningRateSchedule.Stepwise(1, 1)),
                given.get("clip").asDouble(),
                0,
                0.5);
        try (PriorTraining training = training(name);
                NDManager manager = training.newManager();
                Optimiser optimiser = new Optimiser(
                        Fixtures.device(),
                        settings,
                        new NDList(training.parameters().values()))) {
            SafetensorsFile expected = Fixtures.tensors("training/" + name + "_grads.safetensors");
            PriorBatch batch = batch(training.shape(), Fixtures.tensors(io(name)));
            double before = training.losses(batch).prior().loss();
            Optimiser.Step step =
                    optimiser.step(training.gradients(manager, batch).gradients());
            assertThat(step.skipped()).isFalse();
            double divisor = Adam.divisor(step.norm(), given.get("clip").asDouble(), 1);
            Tolerance.assertClose("divisor", divisor / given.get("scale").asDouble(), 1, Tolerance.GRADIENT);
            for (Map.Entry<String, NDArray> parameter : training.parameters().entrySet()) {
                Tolerance.assertClose(
                        parameter.getKey(),
                        parameter.getValue(),
                        TensorData.tensor(manager, expected, "after_one_step." + parameter.getKey()),
                        Tolerance.TENSOR);
            }
            // The next batch sees the parameters moved.
            assertThat(training.losses(batch).prior().loss()).isLessThan(before);
            assertThat(training.gradients(manager, batch).losses().prior().loss())
                    .isLessThan(before);
        }
    }

    private static PriorTraining training(String name) {
        return new PriorTraining(
                ReferenceShapes.prior(name),
                Fixtures.tensors("priors/" + name + "/weights.safetensors"),
                Fixtures.device());
    }

    private static String io(String name) {
        return "priors/" + name + "/io.safetensors";
    }

    private static Set<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    private static PriorBatch batch(PriorShape shape, SafetensorsFile io) {
        List<int[]> codes = new ArrayList<>();
        List<long[]> labels = new ArrayList<>();
        List<int[]> above = new ArrayList<>();
        for (int item = 0; item < io.tensors().get("z").shape().get(0); item++) {
            codes.add(integers(io, "z", item));
            labels.add(shape.labels() == null ? null : TensorData.row(io, "y", item));
            above.add(shape.conditioner() == null ? null : integers(io, "z_cond", item));
        }
        return new PriorBatch(codes, labels, above);
    }

    private static int[] integers(SafetensorsFile io, String name, int row) {
        return Arrays.stream(TensorData.row(io, name, row))
                .mapToInt(Math::toIntExact)
                .toArray();
    }
}
