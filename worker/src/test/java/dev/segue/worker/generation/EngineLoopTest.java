package dev.segue.worker.generation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.segue.contracts.record.AlignLyrics;
import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.contracts.topic.Topics;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.UntrainedModel;
import dev.segue.worker.tasks.KafkaCluster;
import dev.segue.worker.tasks.StoppedSongs;
import dev.segue.worker.weights.FolderSource;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.RetryPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
