package dev.segue.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.standalone.CommandRun;
import dev.segue.worker.trainer.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingBenchCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PYTHON_PEER = Path.of("bench/training.py").toAbsolutePath();

    @TempDir
    Path folder;

    private Path recipe;

    /** The demo model's recipe with the same patterns and parts, each as small as it can be. */
    @BeforeEach
    void writeASmallRecipe() throws IOException {
        ObjectNode small = (ObjectNode) JSON.readTree(Recipe.named(Recipe.DEMO).toJson());
        ObjectNode vqVae = ((ObjectNode) small.get("vqVae")).put("sampleLength", 1152);
        ((ObjectNode) vqVae.get("shape"))
                .put("embeddingWidth", 8)
                .put("codes", 16)
                .put("width", 4)
                .put("depth", 2);
        ((ObjectNode) vqVae.get("schedule")).put("batch", 2);
        for (JsonNode level : small.get("levels")) {
            ((ObjectNode) level.get("schedule")).put("batch", 2);
            ObjectNode prior =
                    ((ObjectNode) level.get("prior")).put("context", 32).put("codes", 16);
            ((ObjectNode) prior.get("decoder")).put("width", 16).put("depth", 4).put("blocks", 4);
            if (prior.hasNonNull("conditioner")) {
                ((ObjectNode) prior.get("conditioner")).put("width", 8).put("depth", 2);
            }
            if (prior.hasNonNull("lyrics")) {
                ObjectNode lyrics = ((ObjectNode) prior.get("lyrics")).put("tokens", 8);
                ((ObjectNode) lyrics.get("encoder")).put("width", 16).put("depth", 1);
            }
        }
        recipe = Files.writeString(folder.resolve("recipe.json"), small.toString());
    }

    private CommandRun bench(String... more) {
        return bench(2, 1, more);
    }

    private CommandRun bench(int steps, int runs, String... more) {
        List<String> line = new ArrayList<>(List.of("bench", "training", "--recipe", recipe.toString()));
        line.addAll(List.of("--scratch", folder.toString(), "--steps", "" + steps, "--runs", "" + runs));
        line.addAll(List.of(more));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private String peer(String script) throws IOException {
        return "sh " + Files.writeString(folder.resolve("peer.sh"), script);
    }

    @Test
    void eachPartHasALineWithItsTimeAndItsMemory() throws IOException {
        Path history = folder.resolve("history.jsonl");
        CommandRun run = bench("--history", history.toString());
        assertThat(run.err()).isEmpty();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(history)) {
            lines.add(JSON.readTree(line));
        }
        assertThat(lines)
                .extracting(line -> line.get("part").asText())
                .containsExactly("vqvae", "prior_level_2", "prior_level_0");
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.get("bench").asText()).isEqualTo("training");
            assertThat(line.get("steps").asInt()).isEqualTo(5);
            assertThat(line.get("seconds_per_step").asDouble()).isPositive();
            assertThat(line.get("loss").asDouble()).isPositive();
            assertThat(line.has("resident_megabytes")).isTrue();
            assertThat(line.has("ratio")).isFalse();
        });
        // Of a code of 16 it knows as good as nothing yet.
        assertThat(lines.get(2).get("loss").asDouble()).isCloseTo(4, within(0.5));
    }

    @Test
    void memoryIsLookedAtAfterAHundredStepsAndAtTheEnd() throws IOException {
        CommandRun run = bench(101, 1, "--parts", "prior_level_1");
        JsonNode line = JSON.readTree(run.out());
        assertThat(line.get("steps").asInt()).isEqualTo(104);
        assertThat(line.has("resident_megabytes_after_100_steps")).isTrue();
        assertThat(line.get("heap_megabytes_after_100_steps").asDouble()).isPositive();
    }

    @Test
    void pythonTorchComesToTheSame() throws Exception {
        String python = pythonWithTorch();
        CommandRun run = bench("--peer", python + " " + PYTHON_PEER);
        assertThat(run.err()).isEmpty();
        for (String text : run.out().lines().toList()) {
            JsonNode line = JSON.readTree(text);
            assertThat(line.get("peer_loss_difference").asDouble()).isLessThan(1e-4);
            assertThat(line.get("peer_seconds_per_step").asDouble()).isPositive();
            assertThat(line.get("ratio").asDouble()).isPositive();
            assertThat(line.get("peer_torch").asText()).isNotEmpty();
            assertThat(line.get("peer_matrix_gigaflops").asDouble()).isPositive();
        }
    }

    private static String pythonWithTorch() throws Exception {
        for (String python : List.of("python3", "/usr/bin/python3")) {
            try {
                Process process = new ProcessBuilder(python, "-c", "import numpy, torch")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (process.waitFor() == 0) {
                    return python;
                }
            } catch (IOException e) {
                // There is none of this name; the next one may be there.
            }
        }
        assumeTrue(false, "there is no python3 with torch and numpy");
        return null;
    }

    @Test
    void aPeerThatComputesSomethingElseIsRefused() throws IOException {
        CommandRun run = bench(
                "--parts",
                "prior_level_0",
                "--peer",
                peer("echo '{\"losses\":[9,9,9],\"gradient_norms\":[1,1,1],\"moved\":1,\"seconds_per_step\":[1]}'"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("--peer computes something else: its loss is 9.0 at compared step 0 and ours is ")
                .contains("more than 1.0E-4 of it away; give it the same mathematics, or leave --peer out");
    }

    @Test
    void aPeerWhoseLossIsNoNumberIsRefusedForThat() throws IOException {
        CommandRun run = bench(
                "--parts",
                "prior_level_0",
                "--peer",
                peer("echo '{\"losses\":[NaN,9,9],\"gradient_norms\":[1,1,1],\"moved\":1,\"seconds_per_step\":[1]}'"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("--peer computes something else: its loss is NaN at compared step 0");
    }

    @Test
    void aPeerIsToldShapesWeightsAndBatch() throws IOException {
        Path seen = folder.resolve("seen");
        bench("--parts", "prior_level_0", "--peer", peer("cat \"$2\" > " + seen + "; exit 3"));
        JsonNode job = JSON.readTree(seen.toFile());
        assertThat(job.get("part").asText()).isEqualTo("prior");
        assertThat(job.at("/shape/decoder/width").asInt()).isEqualTo(16);
        assertThat(job.at("/shape/labels/artists").asInt()).isEqualTo(5);
        assertThat(job.at("/patterns/decoder").toString()).isEqualTo("[1,2,3,1]");
        assertThat(job.at("/optimiser/adam/beta2").asDouble()).isEqualTo(0.99);
        assertThat(job.at("/optimiser/learningRate").asDouble()).isEqualTo(0.002);
        assertThat(Path.of(job.get("tensors").asText())).isRegularFile();
    }

    @Test
    void aPeerThatFailsOrSaysNothingIsNamed() throws IOException {
        CommandRun failed = bench("--parts", "prior_level_0", "--peer", peer("exit 3"));
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err())
                .contains("--peer ended with status 3 and no losses in its last line; run it by hand to see why: sh ");
        CommandRun babbling = bench("--parts", "prior_level_0", "--peer", peer("echo losses: none"));
        assertThat(babbling.err()).contains("--peer ended with status 0 and no losses in its last line");
    }

    @Test
    void whatCannotBeMeasuredIsRefused() {
        assertThat(bench("--parts", "prior_level_3").err())
                .contains("--parts has prior_level_3 but must be some of vqvae, prior_level_0 to prior_level_2");
        assertThat(bench(0, 1).err()).contains("--steps is 0 but must be at least 1");
        assertThat(bench(1, 0).err()).contains("--runs is 0 but must be at least 1");
    }
}
