package dev.segue.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.trainlog.TrainingLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    private static final List<String> MODEL = List.of(
            "model.json",
            "artists.txt",
            "genres.txt",
            "vqvae.safetensors",
            "prior_level_0.safetensors",
            "prior_level_1.safetensors");

    @TempDir
    private static Path songs;

    @TempDir
    private Path folder;

    @BeforeAll
    static void compose() {
        CommandRun run = CommandRun.of(
                "corpus", "--out", songs.toString(), "--rate", "8000", "--songs", "48", "--seconds", "10", "--force");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private String recipe(int steps) throws IOException {
        try (InputStream json = TrainCommandTest.class.getResourceAsStream("train/small.json")) {
            String text = new String(json.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"steps\" : 8", "\"steps\" : " + steps);
            return Files.writeString(folder.resolve("mine.json"), text).toString();
        }
    }

    private String[] line(String part, String recipe, String... more) {
        List<String> line = new ArrayList<>(List.of("train", part, "--data", songs.toString(), "--recipe", recipe));
        line.addAll(List.of("--out", folder.resolve("model").toString()));
        line.addAll(Arrays.asList(more));
        return line.toArray(String[]::new);
    }

    @Test
    void everyPartIsTrainedByItsCommandAndWhatComesOutIsAModel() throws IOException {
        String recipe = recipe(8);
        assertThat(CommandRun.of(line("vqvae", recipe)).exitCode()).isZero();
        CommandRun upsampler = CommandRun.of(line("upsampler", recipe, "--level", "0"));
        assertThat(upsampler.exitCode()).as(upsampler.err()).isZero();
        assertThat(upsampler.err()).contains("8 of 8", "bits per code");
        assertThat(CommandRun.of(line("prior", recipe)).exitCode()).isZero();
        assertThat(MODEL).allMatch(file -> Files.exists(folder.resolve("model").resolve(file)));

        CommandRun again = CommandRun.of(line("all", recipe));
        assertThat(again.exitCode()).isZero();
        assertThat(again.err()).as("nothing is left to train").doesNotContain("8 of 8");
        CommandRun listed =
                CommandRun.of("sample", "--model", folder.resolve("model").toString(), "--help");
        assertThat(listed.exitCode()).isZero();
    }

    @Test
    void aTrainingThatIsToldToEndWritesACheckpointAndGoesOn() throws IOException, InterruptedException {
        try (SegueProcess process = SegueProcess.start(folder, Map.of(), line("vqvae", recipe(100_000)))) {
            process.await(line -> line.contains(" of 100000, "));
            assertThat(process.terminate()).as(process.output()).isEqualTo(7);
        }
        Path part = folder.resolve("model/training/vqvae");
        assertThat(part.resolve("checkpoint.safetensors")).isNotEmptyFile();
        long steps = TrainingLog.read(part.resolve("log.jsonl")).size();
        assertThat(steps).isPositive();

        try (SegueProcess process = SegueProcess.start(folder, Map.of(), line("vqvae", recipe(100_000)))) {
            process.await(line -> line.contains("continuing after step "));
            process.await(line -> line.contains(" of 100000, "));
            assertThat(process.terminate()).isEqualTo(7);
        }
    }

    @Test
    void valuesThatCannotBeAreNamed() throws IOException {
        String recipe = recipe(8);
        assertThat(CommandRun.of("train").exitCode()).isEqualTo(2);
        assertThat(CommandRun.of("train").err()).contains("train what?");
        CommandRun threads = CommandRun.of(line("all", recipe, "--threads", "0"));
        assertThat(threads.exitCode()).isEqualTo(2);
        assertThat(threads.err()).contains("--threads is 0 but must be at least 1");
        CommandRun device = CommandRun.of(line("all", recipe, "--device", "tpu"));
        assertThat(device.exitCode()).isEqualTo(2);
        assertThat(device.err()).contains("--device is tpu but must be cpu, gpu or gpu:NUMBER");
        CommandRun level = CommandRun.of(line("upsampler", recipe, "--level", "2"));
        assertThat(level.exitCode()).isEqualTo(1);
        assertThat(level.err()).contains("level is 2 but the recipe has levels 0 to 1");
        CommandRun noVqVae = CommandRun.of(line("prior", recipe));
        assertThat(noVqVae.err()).contains("train it first: segue train vqvae");
        CommandRun noSongs = CommandRun.of(
                "train",
                "all",
                "--data",
                folder.toString(),
                "--out",
                folder.resolve("m").toString());
        assertThat(noSongs.exitCode()).isEqualTo(1);
        assertThat(noSongs.err()).contains("manifest.jsonl");
    }

    @Test
    void aRecipeIsPrintedToBeginFrom() throws IOException {
        CommandRun demo = CommandRun.of("train", "recipe");
        assertThat(demo.exitCode()).isZero();
        Path file = Files.writeString(folder.resolve("copy.json"), demo.out());
        assertThat(CommandRun.of("train", "recipe", file.toString()).out()).isEqualTo(demo.out());
        assertThat(CommandRun.of("train", "recipe", "nothing").err()).contains("demo");
    }
}
