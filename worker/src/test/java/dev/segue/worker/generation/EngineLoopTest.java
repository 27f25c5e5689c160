package dev.segue.worker.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.segue.contracts.record.AlignLyrics;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.FollowingWindow;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.tasks.KafkaCluster;
import dev.segue.worker.tasks.StoppedSongs;
import dev.segue.worker.weights.FolderSource;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can go wrong between a task and its codes, without a cluster. */
class EngineLoopTest {
    private static final Segments SEGMENTS = new Segments("worker");
    private static final StoppedSongs NOBODY_STOPPED =
            new StoppedSongs(KafkaCluster.at("127.0.0.1:1"), new Topics("none.").stoppedSongs());

    @TempDir
    static Path folder;

    private static ModelFolder model;

    private final GenerationMeters meters = new GenerationMeters();

    @BeforeAll
    static void writeModel() throws IOException {
        model = UntrainedModel.write(folder.resolve("models/untrained"), 1);
    }

    @Test
    void aModelThatNeedsMoreMemoryThanThereIsIsSaidToAndCanBeTriedElsewhere() throws Exception {
        try (EngineLoop loop = loop(1 << 30)) {
            TaskFailure failure = outcome(loop, bottom("large")).getFailure();
            assertThat(failure.getReason()).isEqualTo(FailureReason.OUT_OF_MEMORY);
            assertThat(failure.getRetryable()).isTrue();
        }
    }

    @Test
    void aLevelThatTheModelHasNotIsAMistakeOfTheTask() throws Exception {
        try (EngineLoop loop = loop(1)) {
            TaskFailure failure = outcome(
                            loop,
                            WindowTask.newBuilder(bottom("levels")).setLevel(3).build())
                    .getFailure();
            assertThat(failure.getReason()).isEqualTo(FailureReason.INVALID_TASK);
            assertThat(failure.getRetryable()).isFalse();
            assertThat(failure.getMessage()).contains("level is 3 but untrained has levels 0 to 2");
        }
    }

    @Test
    void whatIsTooLateByTheTimeOfItsTurnIsSaid() throws Exception {
        try (EngineLoop loop = loop(1)) {
            WindowTask late = WindowTask.newBuilder(bottom("late"))
                    .setDeadline(Instant.now().minusSeconds(1))
                    .build();
            assertThat(outcome(loop, late).getFailure().getReason()).isEqualTo(FailureReason.DEADLINE);
        }
    }

    @Test
    void aTaskThatIsGivenUpWhileItWaitsIsForgotten() throws Exception {
        try (EngineLoop loop = loop(1)) {
            GenerationWork work = work(bottom("given-up"));
            work.outcome().cancel(false);
            loop.submit(work);
            assertThat(outcome(loop, bottom("next")).getKind()).isEqualTo(CodeSegmentKind.CODES);
            assertThat(meters.windows.sum()).isEqualTo(1);
        }
    }

    @Test
    void whatIsLeftWhenTheLoopEndsIsCancelled() {
        GenerationWork work = work(bottom("left"));
        try (EngineLoop loop = loop(1)) {
            loop.submit(work);
        }
        assertThat(work.outcome()).isCancelled();
    }

    @Test
    void anEngineThatBreaksFailsItsWindowsAndIsLoadedAnew() throws Exception {
        LevelEngine level = loader(2).load(LevelKey.of(bottom("broken")));
        LevelWindows windows = new LevelWindows(level, SEGMENTS, NOBODY_STOPPED, meters);
        GenerationWork work = work(bottom("broken"));
        assertThat(windows.begin(work)).isTrue();
        level.engine().close();
        windows.advance();
        TaskFailure failure = work.outcome().get().orElseThrow().getFailure();
        assertThat(failure.getReason()).isEqualTo(FailureReason.INTERNAL);
        assertThat(failure.getRetryable()).isTrue();
        assertThat(windows.broken()).isTrue();
        assertThat(windows.busy()).isFalse();
        assertThat(meters.slotsInUse.get()).isZero();
    }

    @Test
    void aFullEngineLetsATaskWait() throws Exception {
        try (LevelWindows windows =
                new LevelWindows(loader(1).load(LevelKey.of(bottom("a"))), SEGMENTS, NOBODY_STOPPED, meters)) {
            assertThat(windows.begin(work(bottom("a")))).isTrue();
            assertThat(windows.begin(work(bottom("b")))).isFalse();
            assertThat(meters.slotsInUse.get()).isEqualTo(1);
        }
    }

    @Test
    void aRunKeepsItsSlotFromItsFirstWindowToItsLast() throws Exception {
        List<CodeSegment> news = new CopyOnWriteArrayList<>();
        GenerationWork run = new GenerationWork(topRun("run", 3), segment -> {
            news.add(segment);
            return CompletableFuture.completedFuture(null);
        });
        try (LevelWindows windows = new LevelWindows(loader(1).load(run.key()), SEGMENTS, NOBODY_STOPPED, meters)) {
            assertThat(windows.begin(run)).isTrue();
            GenerationWork other = work(topRun("other", 1));
            while (!run.outcome().isDone()) {
                assertThat(windows.begin(other)).isFalse();
                windows.advance();
            }
            assertThat(news)
                    .filteredOn(segment -> segment.getKind() == CodeSegmentKind.CODES)
                    .extracting(CodeSegment::getWindow)
                    .containsExactly(0, 1);
            assertThat(news.get(0).getKind()).isEqualTo(CodeSegmentKind.RUNNING);
            assertThat(run.outcome().get().orElseThrow().getWindow()).isEqualTo(2);
            assertThat(windows.begin(other)).isTrue();
            assertThat(meters.windows.sum()).isEqualTo(3);
        }
    }

    @Test
    void aRunThatIsGivenUpLeavesItsSlotInItsMiddle() throws Exception {
        GenerationWork run = work(topRun("run", 100));
        try (LevelWindows windows = new LevelWindows(loader(1).load(run.key()), SEGMENTS, NOBODY_STOPPED, meters)) {
            windows.begin(run);
            while (meters.windows.sum() < 2) {
                windows.advance();
            }
            run.outcome().cancel(false);
            windows.advance();
            assertThat(windows.busy()).isFalse();
            assertThat(meters.slotsInUse.get()).isZero();
            assertThat(meters.windows.sum()).isEqualTo(2);
        }
    }

    @Test
    void codesThatDoNotArriveAreSentAgainBeforeThoseThatFollowThem() throws Exception {
        List<Integer> arrived = new CopyOnWriteArrayList<>();
        AtomicInteger tries = new AtomicInteger();
        GenerationWork run = new GenerationWork(topRun("run", 3), segment -> {
            if (segment.getKind() != CodeSegmentKind.CODES) {
                return CompletableFuture.completedFuture(null);
            }
            if (tries.incrementAndGet() == 1) {
                return CompletableFuture.failedFuture(new TimeoutException("nobody answers"));
            }
            arrived.add(segment.getWindow());
            return CompletableFuture.completedFuture(null);
        });
        try (EngineLoop loop = loop(1)) {
            loop.submit(run);
            assertThat(run.outcome().get(60, TimeUnit.SECONDS).orElseThrow().getWindow())
                    .isEqualTo(2);
            assertThat(arrived).containsExactly(0, 1);
        }
    }

    @Test
    void codesThatNoTopicTakesFailTheRun() {
        try (EngineLoop loop = loop(1)) {
            GenerationWork run = new GenerationWork(
                    topRun("run", 2),
                    segment -> segment.getKind() == CodeSegmentKind.CODES
                            ? CompletableFuture.failedFuture(new RecordTooLargeException("too large"))
                            : CompletableFuture.completedFuture(null));
            loop.submit(run);
            assertThatThrownBy(() -> run.outcome().get(60, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(RecordTooLargeException.class);
        }
    }

    @Test
    void aRunWhoseWindowsDoNotMeetIsAMistakeOfTheTask() throws Exception {
        WindowTask good = topRun("torn", 2);
        FollowingWindow next = good.getSample().getFollowing().get(0);
        FollowingWindow torn = FollowingWindow.newBuilder(next).setStart(500).build();
        try (EngineLoop loop = loop(1)) {
            TaskFailure failure = outcome(
                            loop,
                            WindowTask.newBuilder(good)
                                    .setSample(SampleWindow.newBuilder(good.getSample())
                                            .setFollowing(List.of(torn))
                                            .build())
                                    .build())
                    .getFailure();
            assertThat(failure.getReason()).isEqualTo(FailureReason.INVALID_TASK);
            assertThat(failure.getMessage())
                    .contains("following window 1 has start 500 and newCodes 56 but must start from 0 to 448");
        }
    }

    /** The first windows of a long top level. */
    private static WindowTask topRun(String songId, int windows) {
        List<Window> all =
                WindowSchedule.windows(model.card().schedule().get(2), 448 + 56 * 200, 0, PartialWindow.FILL_TO_TOTAL);
        return WindowTasks.run(model.card(), songId, all.subList(0, windows), SongCodes.none(3), 7)
                .build();
    }

    @Test
    void aLevelThatCannotAlignSaysSo() throws Exception {
        try (EngineLoop loop = loop(1)) {
            WindowTask align = WindowTasks.task(model.card(), "aligned", 0)
                    .setKind(WindowTaskKind.ALIGN)
                    .setAlign(AlignLyrics.newBuilder()
                            .setCodes(WindowTasks.bytes(new int[4]))
                            .build())
                    .build();
            TaskFailure failure = outcome(loop, align).getFailure();
            assertThat(failure.getReason()).isEqualTo(FailureReason.INVALID_TASK);
            assertThat(failure.getMessage()).contains("no alignment head");
        }
    }

    private static WindowTask bottom(String songId) {
        return WindowTasks.wholeOfLevelZero(model.card(), songId);
    }

    private static GenerationWork work(WindowTask task) {
        return new GenerationWork(task, news -> CompletableFuture.completedFuture(null));
    }

    private static CodeSegment outcome(EngineLoop loop, WindowTask task) throws Exception {
        GenerationWork work = work(task);
        loop.submit(work);
        return work.outcome().get(60, TimeUnit.SECONDS).orElseThrow();
    }

    private EngineLoop loop(int slots) {
        EngineLoop loop = new EngineLoop("worker", loader(slots), 1, SEGMENTS, NOBODY_STOPPED, meters);
        loop.start();
        return loop;
    }

    private static LevelLoader loader(int slots) {
        ModelStore store = new ModelStore(
                folder.resolve("cache"),
                new FolderSource(folder),
                ModelStore.CardReader.MODEL_CARD,
                RetryPolicy.standard());
        return new LevelLoader(store, Device.cpu(), Precision.FLOAT32, slots);
    }
}
