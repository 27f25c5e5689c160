package dev.segue.worker.parity;

import static dev.segue.worker.parity.TensorData.tensor;
import static dev.segue.worker.parity.Tolerance.GRADIENT;
import static dev.segue.worker.parity.Tolerance.SPECTRAL;
import static dev.segue.worker.parity.Tolerance.TENSOR;
import static dev.segue.worker.parity.Tolerance.assertClose;
import static dev.segue.worker.parity.Tolerance.assertCloseToItsLargest;
import static dev.segue.worker.parity.Tolerance.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.training.CodebookMetrics;
import dev.segue.worker.training.Restarts;
import dev.segue.worker.training.VqVaeLevelTraining;
import dev.segue.worker.training.VqVaeMetrics;
import dev.segue.worker.training.VqVaeTraining;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class VqVaeTrainingParityTest {
    private static final List<String> CODEBOOK = List.of("k", "k_sum", "k_elem");

    static Stream<VqVaeFolder> folders() {
        return VqVaeFolder.all();
    }

    static Stream<Arguments> evaluations() {
        return VqVaeFolder.all().flatMap(folder -> {
            List<Arguments> cases = new ArrayList<>();
            folder.losses().fieldNames().forEachRemaining(name -> {
                if (name.startsWith("eval")) {
                    cases.add(Arguments.of(folder, name));
                }
            });
            return cases.stream();
        });
    }

    @ParameterizedTest
    @MethodSource("evaluations")
    void lossesAreThoseOfTheOriginal(VqVaeFolder folder, String evaluation) {
        String prefix = "eval_loss_fn_";
        String function = evaluation.startsWith(prefix) ? evaluation.substring(prefix.length()) : null;
        JsonNode losses = folder.losses();
        var loss = folder.loss(losses.get("bandwidth"), function, evaluation.equals("eval_relative_specloss"));
        try (VqVaeTraining training = folder.training(loss);
                NDManager manager = training.newManager()) {
            VqVaeMetrics metrics =
                    training.evaluate(tensor(manager, folder.tensors("io"), "x").squeeze(2));
            assertMetrics(metrics.named(), losses.get(evaluation));
        }
    }

    private static void assertMetrics(Map<String, Double> actual, JsonNode expected) {
        assertThat(actual.keySet()).containsAll(() -> expected.fieldNames());
        expected.properties().forEach(entry -> {
            double tolerance = entry.getKey().contains("spectral") ? SPECTRAL : TENSOR;
            assertClose(
                    entry.getKey(), actual.get(entry.getKey()), entry.getValue().asDouble(), tolerance);
        });
    }

    @ParameterizedTest
    @MethodSource("folders")
    void restoredCodebooksFollowTheLatents(VqVaeFolder folder) {
        SafetensorsFile expected = folder.tensors("bottleneck_update");
        try (VqVaeTraining training = training(folder);
                NDManager manager = training.newManager()) {
            for (int level = 0; level < folder.shape().levels(); level++) {
                NDList codebook = training.level(level).codebook();
                for (int i = 1; i < 3; i++) {
                    String name = "restored.l" + level + "." + CODEBOOK.get(i) + "0";
                    assertClose(name, codebook.get(i), tensor(manager, expected, name), TENSOR);
                }
                assertSteps(folder, training.level(level), manager, "restored", level);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void freshCodebooksBeginWithTheFirstBatch(VqVaeFolder folder) {
        VqVaeShape shape = folder.shape();
        SafetensorsFile update = folder.tensors("bottleneck_update");
        try (VqVaeTraining training = training(folder);
                NDManager manager = training.newManager()) {
            for (int level = 0; level < shape.levels(); level++) {
                NDArray latents = tensor(manager, update, "latents" + level);
                training.level(level).begin(latents, inOrder(shape));
                assertSteps(folder, training.level(level), manager, "fresh", level);
            }
        }
    }

    private static void assertSteps(
            VqVaeFolder folder, VqVaeLevelTraining training, NDManager manager, String kind, int level) {
        SafetensorsFile expected = folder.tensors("bottleneck_update");
        NDArray latents = tensor(manager, expected, "latents" + level);
        for (int step = 1; expected.tensors().containsKey(kind + ".l" + level + ".step" + step + ".k"); step++) {
            String name = kind + ".l" + level + ".step" + step + ".";
            NDArray codes = training.quantise(manager, latents);
            assertSame(name + "z", codes, tensor(manager, expected, name + "z"));
            double commitment = training.commitment(latents, codes);
            CodebookMetrics metrics = training.learn(latents, codes, inOrder(folder.shape()));
            for (int i = 0; i < 3; i++) {
                assertClose(
                        name + CODEBOOK.get(i),
                        training.codebook().get(i),
                        tensor(manager, expected, name + CODEBOOK.get(i)),
                        TENSOR);
            }
            JsonNode logged = folder.losses().get("bottleneck_%s_l%d_step%d".formatted(kind, level, step));
            assertMetrics(named(commitment, metrics), logged);
        }
    }

    private static Map<String, Double> named(double commitment, CodebookMetrics metrics) {
        return Map.of(
                "commit_loss", commitment,
                "fit", metrics.fit(),
                "pn", metrics.spread(),
                "entropy", metrics.entropy(),
                "used_curr", metrics.usedNow(),
                "usage", metrics.used(),
                "dk", metrics.moved());
    }

    private static VqVaeTraining training(VqVaeFolder folder) {
        return folder.training(folder.loss(folder.losses().get("bandwidth"), null, false));
    }

    private static Restarts inOrder(VqVaeShape shape) {
        return Restarts.inOrder(shape.codes(), shape.embeddingWidth());
    }

    static Stream<String> gradients() {
        return Fixtures.files("training")
                .filter(name -> name.startsWith("vqvae_"))
                .map(name -> name.replace("_grads.safetensors", ""));
    }

    @ParameterizedTest
    @MethodSource("gradients")
    void gradientsOfEveryParameterAreThoseOfTheOriginal(String name) {
        VqVaeFolder folder = new VqVaeFolder(name);
        SafetensorsFile expected = Fixtures.tensors("training/" + name + "_grads.safetensors");
        JsonNode summary = Fixtures.json("training/summary.json").get(name);
        VqVaeShape shape = folder.shape();
        try (VqVaeTraining training = folder.training(folder.loss(summary.get("bandwidth"), null, false));
                NDManager manager = training.newManager()) {
            NDArray sound = tensor(manager, folder.tensors("io"), "x").squeeze(2);
            List<Restarts> restarts = Collections.nCopies(shape.levels(), inOrder(shape));
            VqVaeTraining.Gradients result = training.gradients(manager, sound, restarts);
            assertClose("loss", result.metrics().loss(), summary.get("loss").asDouble(), TENSOR);
            assertMetrics(result.metrics().named(), summary.get("metrics"));
            NDArray reconstruction = tensor(manager, expected, "x_out").squeeze(2);
            assertClose("x_out", result.reconstructions().get(0), reconstruction, TENSOR);
            List<String> names = List.copyOf(training.parameters().keySet());
            assertThat(result.gradients()).hasSameSizeAs(names);
            for (int i = 0; i < names.size(); i++) {
                NDArray gradient = tensor(manager, expected, "grad." + names.get(i));
                assertCloseToItsLargest(names.get(i), result.gradients().get(i), gradient, GRADIENT);
            }
            for (int level = 0; level < shape.levels(); level++) {
                NDArray entries = training.level(level).codebook().get(0);
                assertClose("k_after", entries, tensor(manager, expected, "k_after." + level), TENSOR);
            }
        }
    }
}
