package dev.segue.worker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.LevelCodes;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.record.WorkTimes;
import dev.segue.worker.sound.SoundPiece;
import dev.segue.worker.sound.SoundTags;
import dev.segue.worker.store.ObjectInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody who puts a song together holds it: the sound of ten minutes alone is larger than the heap. */
class ComposeMemoryTest {
    private static final int RATE = 22_050;
    private static final int HOP = 8;
    private static final int RANGE = 1 << 14;

    @TempDir
    private Path folder;

    @Test
    void aSongOfTwoMinutesIsComposedWith24MegabytesOfHeap() throws Exception {
        compose(120, SampleDepth.PCM16, "24m");
    }

    @Test
    @Tag("long")
    void aSongOfTenMinutesIsComposedWith32MegabytesOfHeap() throws Exception {
        compose(600, SampleDepth.PCM24, "32m");
    }

    private void compose(int seconds, SampleDepth depth, String heap) throws Exception {
        try (Workbench bench = new Workbench(folder)) {
            int codes = seconds * RATE / 128 * 128 / HOP;
            Path file = Files.write(
                    folder.resolve("task"),
                    task(bench, codes, depth).toByteBuffer().array());
            Path output = folder.resolve("output");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx" + heap,
                            "-XX:MaxDirectMemorySize=16m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ComposeUnderSmallHeap.class.getName(),
                            bench.s3.endpoint().toString(),
                            bench.s3.credentials().accessKey(),
                            bench.s3.credentials().secretKey(),
                            folder.toString(),
                            file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            try {
                assertThat(process.waitFor()).as(Files.readString(output)).isZero();
            } finally {
                process.destroyForcibly();
            }
            assertThat(Files.readString(output)).contains("COMPOSED");
            long bytes = bench.store.head("songs/long/song.wav").orElseThrow().bytes();
            assertThat(bytes).isGreaterThan((long) codes * HOP * (depth == SampleDepth.PCM24 ? 3 : 2));
        }
    }

    /** Pieces of noise, which take as much room as sound can. */
    private AudioTask task(Workbench bench, int codes, SampleDepth depth) throws Exception {
        Random random = new Random(1);
        List<RangeStored> ranges = new ArrayList<>();
        for (int start = 0; start < codes; start += RANGE) {
            int end = Math.min(codes, start + RANGE);
            float[] noise = new float[(end - start) * HOP];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = random.nextFloat() - 0.5f;
            }
            byte[] raw = new byte[(end - start) * 2];
            Path piece = folder.resolve("piece.flac");
            SoundPiece.write(piece, noise, RATE, RangeDecoding.depth(depth), new SoundTags("", "", "", "", ""));
            SongKeys keys = new SongKeys("long");
            ObjectInfo sound = bench.store.put(keys.sound(0, start, end), piece, RangeDecoding.FLAC);
            ObjectInfo written = bench.store.put(keys.codes(0, start, end), raw, RangeDecoding.CODES);
            ranges.add(new RangeStored(
                    0,
                    start,
                    end,
                    FinishedSong.stored(sound),
                    FinishedSong.stored(written),
                    (long) noise.length,
                    new WorkTimes(Instant.EPOCH, Instant.EPOCH, 0L, 0L, 0L)));
        }
        return bench.task(AudioTaskKind.COMPOSE)
                .setSongId("long")
                .setCompose(ComposeSong.newBuilder()
                        .setRequest(SongRequest.newBuilder()
                                .setSongId("long")
                                .setModel(bench.card().name())
                                .setDurationSeconds(codes * HOP / (double) RATE)
                                .setSampleDepth(depth)
                                .build())
                        .setSeed(1)
                        .setWords(new SongWords("", "", "", (long) codes * HOP, 0L))
                        .setSampleLength((long) codes * HOP)
                        .setLevels(List.of(new LevelCodes(0, codes, 0, ranges, List.of())))
                        .setRequestedAt(Instant.EPOCH)
                        .setAdmittedAt(Instant.EPOCH)
                        .build())
                .build();
    }
}
