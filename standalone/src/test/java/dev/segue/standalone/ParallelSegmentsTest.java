package dev.segue.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.worker.sound.SoundReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One song whose finer levels are cut into segments, through all parts, beside the same song uncut from the sampler. */
class ParallelSegmentsTest {
    private static final int RATE = 22_050;
    private static final int TOP = 2;
    private static final List<Integer> HOPS = List.of(8, 32, 128);
    private static final int SEGMENTS = 3;
    /** Each segment is a little longer than a window of level 1, the least that is cut. */
    private static final int SECONDS = 5;

    private static final int TOP_CODES = SECONDS * RATE / 128;
    /** Codes of a window of either upsampler. */
    private static final int WINDOW = 1024;

    @TempDir
    private static Path folder;

    private static JsonNode manifest;
    private static List<int[]> cut;
    private static List<int[]> uncut;

    @BeforeAll
    static void makeBoth() throws IOException {
        segue("song", "--id", "cut", "--parallel-segments", "3", "--out", path("out"));
        segue("sample", "--threads", "1", "--out", path("uncut.wav"));
        manifest = new ObjectMapper()
                .readTree(folder.resolve("out/cut.manifest.json").toFile());
        cut = Songs.codes(folder.resolve("home/data/s3/objects/segue/songs/cut/codes.safetensors"));
        uncut = Songs.codes(folder.resolve("uncut.codes.safetensors"));
    }

    @Test
    void everyLevelIsWholeAndTheSoundAsLong() throws IOException {
        for (int level = 0; level <= TOP; level++) {
            assertThat(cut.get(level)).hasSize(TOP_CODES * 128 / HOPS.get(level));
            assertThat(Arrays.stream(cut.get(level)).distinct().count()).isGreaterThan(50);
        }
        for (String name : List.of("cut.flac", "cut.wav")) {
            try (SoundReader sound = SoundReader.open(folder.resolve("out").resolve(name), RATE)) {
                assertThat(sound.readAll()).hasSize(TOP_CODES * 128);
            }
        }
        assertThat(manifest.path("audio").path("samples").asLong()).isEqualTo(TOP_CODES * 128L);
    }

    @Test
    void theManifestSaysWhereFinerLevelsWereCut() {
        assertThat(manifest.path("request").path("parallelSegments").asInt()).isEqualTo(SEGMENTS);
        for (int level = 0; level <= TOP; level++) {
            assertThat(seams(level)).as("level %d", level).isEqualTo(expectedSeams(level));
        }
    }

    @Test
    void segmentsAreSampledSideBySideWhereAWholeLevelIsNot() {
        assertThat(mostAtOnce(TOP)).isEqualTo(1);
        assertThat(mostAtOnce(0)).isGreaterThan(1);
    }

    @Test
    void whatDoesNotHearASeamIsTheUncutSong() {
        assertThat(cut.get(TOP)).isEqualTo(uncut.get(TOP));
        for (int level = 0; level < TOP; level++) {
            assertThat(Arrays.copyOf(cut.get(level), WINDOW)).isEqualTo(Arrays.copyOf(uncut.get(level), WINDOW));
            for (int seam : seams(level)) {
                assertThat(Arrays.copyOfRange(cut.get(level), seam, seam + WINDOW / 2))
                        .as("a segment begins without what is before it")
                        .isNotEqualTo(Arrays.copyOfRange(uncut.get(level), seam, seam + WINDOW / 2));
            }
        }
    }

    private static List<Integer> expectedSeams(int level) {
        return level == TOP
                ? List.of()
                : IntStream.range(1, SEGMENTS)
                        .map(segment -> TOP_CODES * segment / SEGMENTS * 128 / HOPS.get(level))
                        .boxed()
                        .toList();
    }

    private static List<Integer> seams(int level) {
        List<Integer> seams = new ArrayList<>();
        manifest.path("levels").path(level).path("seams").forEach(seam -> seams.add(seam.asInt()));
        return seams;
    }

    /** Runs of windows of a level that were sampled at the same time. */
    private static long mostAtOnce(int level) {
        List<Instant[]> windows = new ArrayList<>();
        manifest.path("timeline").forEach(entry -> {
            if (entry.path("work").asText().equals("sample")
                    && entry.path("level").asInt() == level) {
                windows.add(new Instant[] {
                    Instant.parse(entry.path("startedAt").asText()),
                    Instant.parse(entry.path("finishedAt").asText())
                });
            }
        });
        // A run of short windows is one piece of work, so that a whole level may be a single one.
        assertThat(windows).hasSizeGreaterThanOrEqualTo(level == TOP ? 1 : SEGMENTS);
        return windows.stream()
                .map(window -> window[0])
                .mapToLong(moment -> windows.stream()
                        .filter(other -> !moment.isBefore(other[0]) && moment.isBefore(other[1]))
                        .count())
                .max()
                .orElseThrow();
    }

    private static void segue(String... first) {
        CommandRun run = CommandRun.of(Stream.concat(
                        Arrays.stream(first),
                        Stream.of("--seconds", Integer.toString(SECONDS), "--seed", "7", "--home", path("home")))
                .toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    private static String path(String name) {
        return folder.resolve(name).toString();
    }
}
