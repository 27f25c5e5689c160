package dev.segue.worker.generation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AlignLyrics;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.contracts.record.WorkTimes;
import dev.segue.contracts.store.S3Access;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.SharedServers;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.lyrics.LyricTimer;
import dev.segue.worker.lyrics.LyricTiming;
import dev.segue.worker.sampling.LevelSampler;
import dev.segue.worker.sampling.LyricAligner;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sampling.SongSampler;
import dev.segue.worker.tasks.TestInstallation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * A worker on a real broker, from tasks to codes. Longer than most classes, since one model and one set of topics, which
 * take longer to make than any of the tests, serve them all.
 */
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

    @Test
    void codesOfLevelsThatAreOneRunEachAreThoseOfTheSamplerInOneProcess() throws IOException, InterruptedException {
        long samples = (long) TOP_CODES * level(2).hop();
        SongCodes expected = sampled(7, samples);
        try (GenerationWorker worker = worker("running", LevelPool.values())) {
            worker.start();
            for (int number : new int[] {2, 1}) {
                List<Window> windows = WindowSchedule.windows(
                        level(number), level(number).codes(samples), 0, PartialWindow.FILL_TO_TOTAL);
                SongCodes above = SongCodes.none(3).with(2, number == 2 ? new int[0] : expected.level(2));
                assertThat(windows).hasSizeGreaterThan(1);
                give(WindowTasks.run(model.card(), "run", windows, above, 7).build());
                SongCodes codes = SongCodes.none(3);
                for (int i = 0; i < windows.size(); i++) {
                    CodeSegment segment = await("run", number, i);
                    assertThat(segment.getCodes().getStart()).isEqualTo(codes.length(number));
                    codes = codes.with(number, CodeBytes.read(segment.getCodes().getCodes()));
                    if (i > 0) {
                        assertThat(segment.getCodes().getTimes().getQueueMillis())
                                .isZero();
                    }
                }
                assertThat(codes.level(number)).isEqualTo(expected.level(number));
            }
            TestInstallation.await(
                    "the end of both",
                    () -> worker.counts().tasks().values().stream()
                                    .mapToLong(counts -> counts.accepted())
                                    .sum()
                            == 2);
        }
    }

    @Test
    void aRunWhoseSongIsStoppedEndsInItsMiddle() throws InterruptedException {
        List<Window> windows = WindowSchedule.windows(level(2), 448 + 56 * 200, 0, PartialWindow.FILL_TO_TOTAL);
        try (GenerationWorker worker = worker("stopping-run", LevelPool.TOP)) {
            worker.start();
            give(WindowTasks.run(model.card(), "stopped-run", windows, SongCodes.none(3), 7)
                    .build());
            TestInstallation.await("its second window", () -> worker.counts().windows() > 1);
            servers.stop("stopped-run");
            TestInstallation.await(
                    "its end", () -> worker.counts().tasks().get(LevelPool.TOP).accepted() == 1);
            assertThat(worker.counts().windows()).isLessThan(windows.size());
            assertThat(worker.counts().windowsLeft()).isEqualTo(1);
            assertThat(worker.counts().slotsInUse()).isZero();
        }
    }

    @Test
    void twoWorkersShareWindowsAndEveryOneIsAnswered() {
        try (GenerationWorker one = worker("one", LevelPool.TOP);
                GenerationWorker two = worker("two", LevelPool.TOP)) {
            one.start();
            two.start();
            for (int i = 0; i < 12; i++) {
                give(partial("shared-" + i, i));
            }
            for (int i = 0; i < 12; i++) {
                CodeSegment result = await("shared-" + i, 2, i);
                assertThat(result.getKind()).isEqualTo(CodeSegmentKind.CODES);
                assertThat(CodeBytes.count(result.getCodes().getCodes())).isEqualTo(150);
            }
            assertThat(one.counts().windows()).isPositive();
            assertThat(two.counts().windows()).isPositive();
            assertThat(one.counts().windows() + two.counts().windows()).isGreaterThanOrEqualTo(12);
        }
    }

    @Test
    void aWindowSaysThatItRunsAndWhenItsWorkWasDone() {
        Instant before = Instant.now();
        try (GenerationWorker worker = worker("timed", LevelPool.TOP)) {
            worker.start();
            give(partial("timed", 0));
            CodeSegment result = await("timed", 2, 0);
            WorkTimes times = result.getCodes().getTimes();
            assertThat(times.getStartedAt()).isBetween(before.minusMillis(1), times.getFinishedAt());
            assertThat(times.getFinishedAt()).isBeforeOrEqualTo(Instant.now());
            assertThat(times.getQueueMillis()).isNotNegative();
            assertThat(times.getPrefillMillis() + times.getDecodeMillis())
                    .isLessThanOrEqualTo(Duration.between(times.getStartedAt(), times.getFinishedAt())
                            .toMillis());
            assertThat(segments("timed", CodeSegmentKind.CODES)
                            .get(0)
                            .getRunning()
                            .getCodes())
                    .isZero();
            assertThat(result.getWorker()).isEqualTo("timed");
            assertThat(result.getModelDigest()).isEqualTo(model.card().digest());
        }
    }

    @Test
    void aStoppedSongLeavesItsSlotsWithinABurstAndTheOthersGoOn() throws InterruptedException {
        try (GenerationWorker worker = worker("stopping", LevelPool.BOTTOM)) {
            worker.start();
            for (int i = 0; i < 60; i++) {
                give(bottom("stopped", i));
            }
            TestInstallation.await("its codes", () -> worker.counts().codes() > 0);
            servers.stop("stopped");
            TestInstallation.await("its stop", () -> worker.stoppedSongs().contains("stopped"));
            long then = worker.counts().codes();
            long windowsThen = worker.counts().windows();
            TestInstallation.await(
                    "its end",
                    () -> worker.counts().tasks().get(LevelPool.BOTTOM).accepted() == 60);
            assertThat(worker.counts().codes() - then).isLessThanOrEqualTo((long) SLOTS * SlotEngine.BURST);
            assertThat(worker.counts().windows() - windowsThen).isLessThanOrEqualTo(SLOTS);
            assertThat(worker.counts().windowsLeft()).isPositive();
            assertThat(worker.counts().slotsInUse()).isZero();
            give(bottom("not-stopped", 0));
            assertThat(await("not-stopped", 0, 0).getKind()).isEqualTo(CodeSegmentKind.CODES);
        }
    }

    @Test
    void damagedWeightsFailTheWindowThatMeetsThemAlone() throws IOException {
        ModelCard damaged = DamagedModel.write(folder.resolve("models/damaged"), 200);
        Window before = new Window(2, new CodeRange(0, 448), new CodeRange(0, 0), new CodeRange(0, 190), null);
        Window across = new Window(2, new CodeRange(0, 448), new CodeRange(0, 0), new CodeRange(0, 448), null);
        try (GenerationWorker worker = worker("damaged", LevelPool.TOP)) {
            worker.start();
            give(WindowTasks.of(damaged, "across", 0, across, SongCodes.none(3), 1)
                    .build());
            give(WindowTasks.of(damaged, "before", 0, before, SongCodes.none(3), 1)
                    .build());
            CodeSegment failed = await("across", 2, 0);
            assertThat(failed.getFailure().getReason()).isEqualTo(FailureReason.NOT_A_NUMBER);
            assertThat(failed.getFailure().getRetryable()).isFalse();
            assertThat(failed.getFailure().getMessage()).contains("no numbers");
            assertThat(await("before", 2, 0).getKind()).isEqualTo(CodeSegmentKind.CODES);
        }
    }

    @Test
    void damagedWeightsInTheMiddleOfARunFailTheWindowThatMeetsThemAlone() throws IOException, InterruptedException {
        ModelCard damaged = DamagedModel.write(folder.resolve("models/damaged"), 200);
        CodeRange span = new CodeRange(0, 448);
        Window before = new Window(2, span, new CodeRange(0, 0), new CodeRange(0, 190), null);
        Window across = new Window(2, span, new CodeRange(0, 190), new CodeRange(190, 300), null);
        Window after = new Window(2, span, new CodeRange(0, 300), new CodeRange(300, 310), null);
        try (GenerationWorker worker = worker("damaged-run", LevelPool.TOP)) {
            worker.start();
            give(WindowTasks.run(damaged, "damaged-run", List.of(before, across, after), SongCodes.none(3), 1)
                    .build());
            give(WindowTasks.of(damaged, "beside-run", 0, before, SongCodes.none(3), 1)
                    .build());
            assertThat(await("damaged-run", 2, 0).getKind()).isEqualTo(CodeSegmentKind.CODES);
            assertThat(await("damaged-run", 2, 1).getFailure().getReason()).isEqualTo(FailureReason.NOT_A_NUMBER);
            assertThat(await("beside-run", 2, 0).getKind()).isEqualTo(CodeSegmentKind.CODES);
            TestInstallation.await(
                    "the end of both",
                    () -> worker.counts().tasks().get(LevelPool.TOP).accepted() == 2);
            assertThat(segments("damaged-run", CodeSegmentKind.FAILED)).noneMatch(segment -> segment.getWindow() == 2);
        }
    }

    @Test
    void whatCannotBeDoneIsSaidWithItsReason() {
        WindowTask good = partial("refused", 0);
        try (GenerationWorker worker = worker("refusing", LevelPool.TOP)) {
            worker.start();
            give(WindowTask.newBuilder(good)
                    .setSongId("unknown-model")
                    .setModel("nobody")
                    .build());
            give(WindowTask.newBuilder(good)
                    .setSongId("other-digest")
                    .setModelDigest("0".repeat(64))
                    .build());
            give(WindowTask.newBuilder(good)
                    .setSongId("unknown-kind")
                    .setKind(WindowTaskKind.UNKNOWN)
                    .build());
            give(WindowTask.newBuilder(good)
                    .setSongId("no-window")
                    .setSample(null)
                    .build());
            give(WindowTask.newBuilder(good)
                    .setSongId("too-many")
                    .setSample(SampleWindow.newBuilder(good.getSample())
                            .setNewCodes(449)
                            .build())
                    .build());
            give(WindowTask.newBuilder(good)
                    .setSongId("wrong-code")
                    .setSample(SampleWindow.newBuilder(good.getSample())
                            .setContext(WindowTasks.bytes(new int[] {256}))
                            .build())
                    .build());
            give(good);
            assertFailed("unknown-model", FailureReason.MODEL_UNAVAILABLE, true, "nobody");
            assertFailed("other-digest", FailureReason.MODEL_UNAVAILABLE, true, "was asked for");
            assertFailed("unknown-kind", FailureReason.INVALID_TASK, false, "kind is UNKNOWN");
            assertFailed("too-many", FailureReason.INVALID_TASK, false, "newCodes is 449");
            assertFailed("wrong-code", FailureReason.INVALID_TASK, false, "known code is 256");
            CodeSegment none = await("no-window", 2, -1);
            assertThat(none.getFailure().getMessage()).contains("sample is null");
            assertThat(await("refused", 2, 0).getKind()).isEqualTo(CodeSegmentKind.CODES);
        }
    }

    @Test
    void anotherModelWaitsForWindowsInFlightAndBothAreServed() throws IOException {
        ModelCard other = UntrainedModel.write(folder.resolve("other"), 2).card();
        ModelCard renamed =
                DamagedModel.renamed(folder.resolve("other"), other, "other", folder.resolve("models/other"));
        try (GenerationWorker worker = worker("switching", LevelPool.BOTTOM)) {
            worker.start();
            for (int i = 0; i < 4; i++) {
                give(bottom("first-" + i, 0));
                give(bottom(renamed, "second-" + i, 0));
            }
            CodeSegment first = await("first-0", 0, 0);
            CodeSegment second = await("second-0", 0, 0);
            assertThat(first.getCodes().getCodes())
                    .isNotEqualTo(second.getCodes().getCodes());
            for (int i = 1; i < 4; i++) {
                assertThat(await("first-" + i, 0, 0).getCodes().getCodes())
                        .isEqualTo(first.getCodes().getCodes());
                assertThat(await("second-" + i, 0, 0).getCodes().getCodes())
                        .isEqualTo(second.getCodes().getCodes());
            }
            assertThat(worker.counts().loads()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void lyricsAreTimedWhileWindowsAreSampled() throws IOException {
        int[] codes = sampled(7, (long) TOP_CODES * level(2).hop()).level(2);
        try (GenerationWorker worker = worker("aligning", LevelPool.TOP)) {
            worker.start();
            give(partial("beside", 0));
            give(WindowTasks.task(model.card(), "aligned", 2)
                    .setKind(WindowTaskKind.ALIGN)
                    .setAlign(AlignLyrics.newBuilder()
                            .setCodes(WindowTasks.bytes(codes))
                            .build())
                    .build());
            CodeSegment result = await("aligned", 2, -1);
            LyricTiming expected = timed(codes);
            assertThat(result.getKind()).isEqualTo(CodeSegmentKind.ALIGNED);
            assertThat(result.getAligned().getFirstCodes())
                    .isEqualTo(IntStream.of(expected.first()).boxed().toList())
                    .hasSize(model.labeller()
                            .level(2)
                            .orElseThrow()
                            .label(WindowJobs.description(WindowTasks.WORDS))
                            .lyrics()
                            .length());
            assertThat(result.getAligned().getEndCodes())
                    .isEqualTo(IntStream.of(expected.last())
                            .map(last -> last < 0 ? -1 : last + 1)
                            .boxed()
                            .toList());
            assertThat(await("beside", 2, 0).getKind()).isEqualTo(CodeSegmentKind.CODES);
            assertThat(worker.counts().aligned()).isEqualTo(1);
            assertThat(segments("aligned", CodeSegmentKind.ALIGNED))
                    .extracting(CodeSegment::getKind)
                    .startsWith(CodeSegmentKind.RUNNING);
            give(WindowTasks.task(model.card(), "nothing", 2)
                    .setKind(WindowTaskKind.ALIGN)
                    .setAlign(AlignLyrics.newBuilder()
                            .setCodes(WindowTasks.bytes(new int[0]))
                            .build())
                    .build());
            assertThat(await("nothing", 2, -1).getFailure().getReason()).isEqualTo(FailureReason.INVALID_TASK);
        }
    }

    @Test
    void aWorkerThatMustEndAtOnceLeavesItsWindowsToAnother() throws InterruptedException {
        GenerationWorker hurried = new GenerationWorker(config("hurried", Duration.ZERO, LevelPool.BOTTOM));
        hurried.start();
        for (int i = 0; i < 9; i++) {
            give(bottom("handed-over", i));
        }
        TestInstallation.await("its codes", () -> hurried.counts().codes() > 0);
        hurried.close();
        assertThat(hurried.counts().tasks().get(LevelPool.BOTTOM).released()).isPositive();
        try (GenerationWorker patient = worker("patient", LevelPool.BOTTOM)) {
            patient.start();
            for (int i = 0; i < 9; i++) {
                assertThat(await("handed-over", 0, i).getKind()).isEqualTo(CodeSegmentKind.CODES);
            }
            assertThat(patient.counts().windows()).isPositive();
        }
    }

    private static LyricTiming timed(int[] codes) throws IOException {
        Labeller labeller = model.labeller().level(2).orElseThrow();
        try (Prior prior = model.prior(2, Device.cpu(), Precision.FLOAT32)) {
            return new LyricTimer((double) level(2).hop() / model.card().sampleRate())
                    .time(new LyricAligner(prior, level(2), labeller)
                            .align(codes, labeller.label(WindowJobs.description(WindowTasks.WORDS))));
        }
    }

    private static void assertFailed(String songId, FailureReason reason, boolean retryable, String message) {
        TaskFailure failure = await(songId, 2, 0).getFailure();
        assertThat(failure.getReason()).isEqualTo(reason);
        assertThat(failure.getRetryable()).isEqualTo(retryable);
        assertThat(failure.getMessage()).contains(message);
    }

    /** A partial window of the top level. */
    private static WindowTask partial(String songId, int number) {
        Window window = new Window(2, new CodeRange(0, 448), new CodeRange(0, 0), new CodeRange(0, 150), null);
        return WindowTasks.of(model.card(), songId, number, window, SongCodes.none(3), 3)
                .build();
    }

    private static WindowTask bottom(String songId, int number) {
        return bottom(model.card(), songId, number);
    }

    /** A whole window of level 0. */
    private static WindowTask bottom(ModelCard card, String songId, int number) {
        SongCodes codes = SongCodes.none(3).with(1, new int[1024]);
        Window window = WindowSchedule.windows(card.schedule().get(0), 1024, 0, PartialWindow.FILL_TO_TOTAL)
                .get(0);
        return WindowTasks.of(card, songId, number, window, codes, 5).build();
    }

    private static List<CodeSegment> segments(String songId, CodeSegmentKind last) {
        return servers
                .read(servers.topics().codeSegments(), all -> all.stream()
                        .anyMatch(segment -> segment.getSongId().equals(songId) && segment.getKind() == last))
                .stream()
                .filter(segment -> segment.getSongId().equals(songId))
                .toList();
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
        return new GenerationWorker(config(name, Duration.ofSeconds(60), pools));
    }

    private static GenerationConfig config(String name, Duration grace, LevelPool... pools) {
        return new GenerationConfig(
                servers.installation(),
                name,
                List.of(pools),
                SLOTS,
                Precision.FLOAT32,
                Device.cpu(),
                1,
                folder.toString(),
                folder.resolve("cache"),
                new S3Access(Optional.empty(), "us-east-1", true, Optional.empty(), 1),
                1,
                grace);
    }
}
