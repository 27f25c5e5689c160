package dev.segue.worker.generation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.SharedServers;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.sampling.LevelSampler;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sampling.SongSampler;
import dev.segue.worker.tasks.TestInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(SharedServers.class)
class GenerationWorkerTest {
    private static final Duration LOCK = Duration.ofSeconds(2);
    private static final int SLOTS = 3;
    /** One and a half windows of level 1, three windows and a half of the top level. */
    private static final int TOP_CODES = 448 + 56 * 3;

    @TempDir
    static Path folder;

    private static ModelFolder model;
    private static TestInstallation servers;

    @BeforeAll
    static void setUp(Infrastructure infrastructure) throws Exception {
        model = UntrainedModel.write(folder.resolve("models/untrained"), 1);
        servers = new TestInstallation(
                infrastructure.bootstrapServers(), infrastructure.registryUrl(), "generation.", LOCK);
    }

    @AfterAll
    static void tearDown() throws IOException {
        servers.close();
    }

    @Test
    void codesAreThoseOfTheSamplerInOneProcess() throws IOException {
        Level top = level(2);
        long samples = (long) TOP_CODES * top.hop();
        SongCodes expected = sampled(7, samples);
        try (GenerationWorker worker = worker("one", LevelPool.values())) {
            worker.start();
            SongCodes codes = SongCodes.none(3);
            for (int number : new int[] {2, 1}) {
                Level level = level(number);
                int total = level.codes(samples);
                List<Window> windows = WindowSchedule.windows(level, total, 0, PartialWindow.FILL_TO_TOTAL);
                for (int i = 0; i < windows.size(); i++) {
                    CodeSegment segment = sampled("parity", i, windows.get(i), codes);
                    assertThat(segment.getCodes().getStart()).isEqualTo(codes.length(number));
                    codes = codes.with(number, CodeBytes.read(segment.getCodes().getCodes()));
                }
            }
            assertThat(codes.level(2)).isEqualTo(expected.level(2)).hasSize(TOP_CODES);
            assertThat(codes.level(1)).isEqualTo(expected.level(1)).hasSize(level(1).codes(samples));
        }
    }

    private static CodeSegment sampled(String songId, int number, Window window, SongCodes codes) {
        give(WindowTasks.of(model.card(), songId, number, window, codes, 7).build());
        return await(songId, window.level(), number);
    }

    private static void give(WindowTask task) {
        servers.send(servers.topics().windowTasks(task.getLevel(), 3), task.getSongId(), task);
    }

    /** The first result of a window that is not only news. */
    private static CodeSegment await(String songId, int level, int window) {
        List<CodeSegment> found = new ArrayList<>();
        servers.read(servers.topics().codeSegments(), segments -> {
            Optional<CodeSegment> result = segments.stream()
                    .filter(segment -> segment.getSongId().equals(songId)
                            && segment.getLevel() == level
                            && segment.getWindow() == window
                            && segment.getKind() != CodeSegmentKind.RUNNING)
                    .findFirst();
            result.ifPresent(found::add);
            return result.isPresent();
        });
        return found.get(0);
    }

    private static Level level(int number) {
        return model.card().schedule().get(number);
    }

    /** The top level and the one below, in one process. */
    private static SongCodes sampled(long seed, long samples) throws IOException {
        SongCodes codes = SongCodes.none(3);
        for (int number : new int[] {2, 1}) {
            try (SlotEngine engine = new SlotEngine(model.prior(number, Device.cpu(), Precision.FLOAT32), 1)) {
                LevelSampler[] levels = new LevelSampler[number + 1];
                levels[number] = new LevelSampler(
                        level(number), engine, model.labeller().level(number).orElseThrow(), new Sampling(0.98, 40, 0));
                codes = new SongSampler(Arrays.asList(levels), PartialWindow.FILL_TO_TOTAL)
                        .sample(
                                List.of(new SongSampler.Song(WindowJobs.description(WindowTasks.WORDS), seed, codes)),
                                samples,
                                List.of(number),
                                (song, written) -> true)
                        .get(0);
            }
        }
        return codes;
    }

    private static GenerationWorker worker(String name, LevelPool... pools) {
        return new GenerationWorker(new GenerationConfig(
                servers.installation(),
                name,
                List.of(pools),
                SLOTS,
                Precision.FLOAT32,
                Device.cpu(),
                1,
                folder.toString(),
                folder.resolve("cache"),
                new S3Access(Optional.empty(), "us-east-1"),
                1,
                Duration.ofSeconds(30)));
    }

    static ModelCard card() {
        return model.card();
    }
}
