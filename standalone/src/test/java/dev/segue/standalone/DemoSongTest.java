package dev.segue.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.request.Rejection;
import dev.segue.orchestrator.plan.Limits;
import dev.segue.orchestrator.plan.RequestCheck;
import dev.segue.worker.jukebox.DemoModel;
import dev.segue.worker.sound.SoundReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that comes with Segue, as somebody hears it who types nothing but the command. */
class DemoSongTest {
    private static final int RATE = 22_050;
    private static final int CODES = 1024;
    private static final int SECONDS = 5;
    private static final int TOP = SECONDS * RATE / 128;

    @TempDir
    private Path folder;

    @Test
    void whoeverSaysNothingGetsAWholeSongOfTheDemoWithItsWordsTimed() throws IOException {
        CommandRun run = CommandRun.of(
                "song",
                "--seconds",
                Integer.toString(SECONDS),
                "--seed",
                "1",
                "--id",
                "first",
                "--out",
                folder.toString(),
                "--home",
                folder.resolve("home").toString());

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err())
                .contains("chosen for you: artist \"tilse marrow\", genre \"waltz\"", "5.0 s of sound by demo, seed 1")
                .doesNotContain("noise", "is unknown");
        List<int[]> codes = Songs.codes(folder.resolve("home/data/s3/objects/segue/songs/first/codes.safetensors"));
        for (int level = 0; level < 3; level++) {
            int[] of = codes.get(level);
            assertThat(of).as("level %d", level).hasSize(TOP << (2 * (2 - level)));
            assertThat(Arrays.stream(of)).allMatch(code -> code >= 0 && code < CODES);
            assertThat(Arrays.stream(of).distinct().count()).isGreaterThan(20);
        }
        float[] flac = samples("first.flac");
        assertThat(flac).hasSize(TOP * 128).isEqualTo(samples("first.wav"));
        assertThat(loudness(flac)).isBetween(0.005, 0.5);
        wordsAreTimed(
                new ObjectMapper().readTree(folder.resolve("first.lyrics.json").toFile()));
    }

    private static void wordsAreTimed(JsonNode lyrics) {
        List<String> lines = new ArrayList<>();
        int words = 0;
        int timed = 0;
        double before = 0;
        for (JsonNode line : lyrics.path("lines")) {
            lines.add(line.path("text").asText());
            for (JsonNode word : line.path("words")) {
                words++;
                if (!word.path("start").isNumber()) {
                    continue; // in the songs that it learnt from, four lines take some twenty seconds and not five
                }
                timed++;
                assertThat(word.path("start").asDouble()).as(word.toString()).isBetween(before, (double) SECONDS);
                assertThat(word.path("end").asDouble()).as(word.toString()).isLessThanOrEqualTo(SECONDS);
                before = word.path("start").asDouble();
            }
        }
        assertThat(timed).as("of %d words", words).isBetween(words / 5, words);
        assertThat(lines).contains("a golden lantern drifts", "slow river into sand");
    }

    @Test
    void aSongLongerThanTheDemoKnowsIsRefusedWithItsLimit() throws IOException {
        ModelCard demo = DemoModel.unpack(folder).card();

        List<Rejection> found = new RequestCheck(Limits.DEFAULT)
                .check(
                        Songs.request("long", 65).setModel(demo.name()).build(),
                        Optional.of(demo),
                        List.of(demo.name()),
                        Instant.EPOCH);

        assertThat(found).singleElement().satisfies(rejection -> assertThat(rejection.sentence())
                .contains("durationSeconds is 65, but the model knows songs of at most 64 s only"));
    }

    private float[] samples(String name) throws IOException {
        try (SoundReader reader = SoundReader.open(folder.resolve(name), RATE)) {
            return reader.readAll();
        }
    }

    private static double loudness(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }
}
