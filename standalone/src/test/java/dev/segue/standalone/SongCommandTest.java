package dev.segue.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.worker.sound.SoundReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One song by one command, through every part. */
class SongCommandTest {
    private static final int RATE = 22_050;

    @TempDir
    private Path folder;

    @Test
    void oneCommandMakesTheFilesOfASongWhichHasTheCodesOfTheSampler() throws IOException {
        Path words = Files.writeString(folder.resolve("words.txt"), "la la la\noh yeah");
        String[] song = {
            "--model",
            "untrained",
            "--seconds",
            "2",
            "--seed",
            "7",
            "--artist",
            "luna march",
            "--genre",
            "polka",
            "--lyrics",
            words.toString()
        };

        CommandRun run = segue(
                song, "song", "--id", "blue", "--out", folder.resolve("out").toString());
        CommandRun again = segue(
                song, "song", "--id", "blue", "--out", folder.resolve("out").toString());
        CommandRun sampled = segue(
                song,
                "sample",
                "--threads",
                "1",
                "--out",
                folder.resolve("s.wav").toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("listen already", "finished: 2.0 s of sound", "what you hear is noise", "took ")
                .contains("genres \"polka\" is unknown to level 0, 1, 2", "it knows blues, jazz")
                .doesNotContain("chosen for you");
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "blue.flac", "blue.wav", "blue.lrc", "blue.vtt", "blue.lyrics.json", "blue.manifest.json");
        }
        assertThat(run.out().lines().map(line -> Path.of(line).getFileName().toString()))
                .contains("blue.flac", "blue.wav");
        assertThat(samples("blue.flac")).hasSize(2 * RATE / 128 * 128).isEqualTo(samples("blue.wav"));
        JsonNode manifest = new ObjectMapper()
                .readTree(folder.resolve("out").resolve("blue.manifest.json").toFile());
        assertThat(manifest.toString()).contains("untrained", "\"blue\"");
        assertThat(sampled.exitCode()).as(sampled.err()).isZero();
        Path stored = folder.resolve("home/data/s3/objects/segue/songs/blue/codes.safetensors");
        assertThat(Songs.codes(stored))
                .usingRecursiveComparison()
                .isEqualTo(Songs.codes(folder.resolve("s.codes.safetensors")));
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.err()).contains("blue.flac", "would be replaced", "--force");
    }

    @Test
    void aSongThatIsInterruptedIsCancelledAndEverythingStops() throws IOException, InterruptedException {
        Path home = folder.resolve("home");
        try (SegueProcess process = SegueProcess.start(
                folder,
                Map.of("SEGUE_HOME", home.toString()),
                "song",
                "--model",
                "untrained",
                "--seconds",
                "300",
                "--id",
                "long")) {
            process.await(line -> line.startsWith("sampling"));

            process.terminate();

            assertThat(process.output()).contains("cancelled: interrupted");
            assertThat(process.output()).doesNotContain("INFO", "WARN", "ERROR");
            assertThat(home.resolve("data/song.log")).content().contains("song_cancelled", "orchestrator_stopped");
        }
    }

    private CommandRun segue(String[] song, String... first) {
        List<String> line = new ArrayList<>(List.of(first));
        line.addAll(List.of(song));
        line.addAll(List.of("--home", folder.resolve("home").toString()));
        return CommandRun.of(line.toArray(String[]::new));
    }

    private float[] samples(String name) throws IOException {
        float[] samples = new float[3 * RATE];
        int length = 0;
        try (SoundReader reader = SoundReader.open(folder.resolve("out").resolve(name), RATE)) {
            float[] piece = new float[4096];
            for (int read = reader.read(piece); read > 0; read = reader.read(piece)) {
                System.arraycopy(piece, 0, samples, length, read);
                length += read;
            }
        }
        return Arrays.copyOf(samples, length);
    }
}
