package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongFailed;
import dev.segue.contracts.record.TimelineEntry;
import dev.segue.contracts.record.WindowTask;
import dev.segue.orchestrator.plan.Cards;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tasks that hold windows which follow each other: all but the first window of a top level, once its pace is known. */
class WindowRunsTest {
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final Duration NOT_LOST =
            FlowSettings.DEFAULT.lostAfter().multipliedBy(2).dividedBy(3);
    private static final int WINDOWS = 22;

    private Rehearsal rehearsal;
    private WindowTask run;

    @BeforeEach
    void giveARunOut() throws IOException {
        rehearsal = new Rehearsal(Cards.small(), FlowSettings.DEFAULT);
        rehearsal.send(rehearsal.request("song", 1).setFinestLevel(2).build());
        rehearsal.prepareAll();
        WindowTask first = rehearsal.windowTasks.poll();
        assertThat(ScriptedWorker.following(first)).as("nothing is known yet").isZero();
        answerFirst(first);
        run = rehearsal.windowTasks.poll();
        assertThat(run.getSample().getWindow()).isEqualTo(1);
        assertThat(ScriptedWorker.following(run)).isEqualTo(WINDOWS - 2);
    }

    @AfterEach
    void close() throws IOException {
        rehearsal.close();
    }

    @Test
    void everyWindowOfARunIsAcceptedAndHasItsLineOfTheTimeline() {
        rehearsal.worker.all(run, rehearsal.now()).forEach(rehearsal::answer);
        assertThat(rehearsal.windowTasks).isEmpty();
        while (rehearsal.audioTasks.peek().getCompose() == null) {
            rehearsal.work();
        }
        assertThat(rehearsal.audioTasks.peek().getCompose().getTimeline())
                .filteredOn(entry -> entry.getWork().equals("sample"))
                .extracting(TimelineEntry::getWindow)
                .containsExactlyElementsOf(IntStream.range(0, WINDOWS).boxed().toList());
        assertCompleted();
    }

    @Test
    void aFailureInTheMiddleOfARunGivesTheRestOfItOutAgain() {
        WindowTask rest = afterOne(run);
        rehearsal.answer(rehearsal.worker.failed(rest, FailureReason.OUT_OF_MEMORY, true));
        assertThat(rehearsal.windowTasks).isEmpty();
        assertIsRest(passAndTake(RETRY), rest, 1);
    }

    @Test
    void triesAreCountedForEachWindow() {
        WindowTask task = run;
        for (int attempt = 1; attempt <= 4; attempt++) {
            rehearsal.answer(rehearsal.worker.failed(task, FailureReason.INTERNAL, true));
            WindowTask again = passAndTake(RETRY);
            assertIsRest(again, task, attempt);
            task = attempt % 2 == 0 ? afterOne(again) : again;
        }
        rehearsal.worker.all(task, rehearsal.now()).forEach(rehearsal::answer);
        assertCompleted();
    }

    @Test
    void aWindowOfARunThatFailsThreeTimesFailsItsSong() {
        WindowTask task = afterOne(run);
        for (int attempt = 1; attempt < 3; attempt++) {
            rehearsal.answer(rehearsal.worker.failed(task, FailureReason.INTERNAL, true));
            task = passAndTake(RETRY);
        }
        rehearsal.answer(rehearsal.worker.failed(task, FailureReason.INTERNAL, true));
        SongFailed failed = rehearsal.only("song", SongEventKind.FAILED).getFailed();
        assertThat(failed.getWork()).isEqualTo("window 2 of level 2");
        assertThat(failed.getAttempts()).isEqualTo(3);
        assertThat(rehearsal.deadLetters).hasSize(1);
    }

    @Test
    void aWorkerThatGoesSilentInTheMiddleOfARunLosesTheRestOfIt() {
        WindowTask rest = afterOne(run);
        rehearsal.pass(NOT_LOST);
        assertThat(rehearsal.windowTasks).isEmpty();
        assertIsRest(passAndTake(NOT_LOST), rest, 1);
        assertThat(rehearsal.tally.of(Tally.Event.LOST_TASK)).isEqualTo(1);
    }

    @Test
    void aRunThatComesToAWorkerAgainIsNotLostWhileItRepeatsAcceptedWindows() {
        WindowTask rest = afterOne(run);
        for (int i = 0; i < 3; i++) {
            rehearsal.pass(NOT_LOST);
            rehearsal.answer(rehearsal.worker.running(run, 3));
        }
        assertThat(rehearsal.windowTasks).isEmpty();
        assertThat(rehearsal.tally.of(Tally.Event.LOST_TASK)).isZero();
        assertIsRest(passAndTake(NOT_LOST.multipliedBy(2)), rest, 1);
    }

    @Test
    void aFailureOfARepeatedWindowIsOneOfWhatIsLeftOfTheRun() {
        WindowTask rest = afterOne(afterOne(run));
        rehearsal.answer(rehearsal.worker.failed(run, FailureReason.OUT_OF_MEMORY, true));
        assertIsRest(passAndTake(RETRY), rest, 1);
    }

    @Test
    void windowsThatARedeliveredRunRepeatsAreCountedAndDropped() {
        WindowTask rest = afterOne(afterOne(run));
        rehearsal.worker.all(run, rehearsal.now()).forEach(rehearsal::answer);
        assertThat(rehearsal.tally.of(Tally.Event.DUPLICATE_RESULT)).isEqualTo(2);
        assertThat(rehearsal.windowTasks).isEmpty();
        rehearsal.worker.all(rest, rehearsal.now()).forEach(rehearsal::answer);
        assertCompleted();
    }

    @Test
    void anOldTrysWindowsCountWhileTheRestWaitsForAnotherTry() {
        rehearsal.answer(rehearsal.worker.failed(run, FailureReason.INTERNAL, true));
        WindowTask rest = afterOne(run);
        assertThat(rehearsal.windowTasks).isEmpty();
        assertIsRest(passAndTake(RETRY), rest, 1);
    }

    @Test
    void aRunGoesOnAfterEverySongWasReadAgain() {
        WindowTask rest = afterOne(run);
        rehearsal.failAStep();
        WindowTask after = afterOne(rest);
        rehearsal.answer(rehearsal.worker.failed(after, FailureReason.INTERNAL, true));
        assertIsRest(passAndTake(RETRY), after, 1);
    }

    @Test
    void nothingOfARunCountsAfterItsSongIsCancelled() {
        WindowTask rest = afterOne(run);
        rehearsal.cancel("song");
        rehearsal.worker.all(rest, rehearsal.now()).forEach(rehearsal::answer);
        assertThat(rehearsal.tally.of(Tally.Event.LATE_RESULT)).isEqualTo(WINDOWS - 2);
        assertThat(rehearsal.last("song").getKind()).isEqualTo(SongEventKind.CANCELLED);
        assertThat(rehearsal.entries(SongTopology.CODES)).isZero();
    }

    @Test
    void withATaskLengthOfZeroEveryWindowIsATaskOfItsOwn() throws IOException {
        FlowSettings usual = FlowSettings.DEFAULT;
        FlowSettings single = new FlowSettings(
                usual.limits(),
                usual.songsInFlight(),
                usual.lostAfter(),
                usual.unclaimedAfter(),
                usual.retryAfter(),
                usual.keepEnded(),
                Duration.ZERO,
                usual.registryPatience());
        try (Rehearsal other = new Rehearsal(Cards.small(), single)) {
            other.send(other.request("song", 1).build());
            while (!other.windowTasks.isEmpty() || !other.audioTasks.isEmpty()) {
                assertThat(other.windowTasks).allMatch(task -> ScriptedWorker.following(task) == 0);
                other.work();
            }
            other.only("song", SongEventKind.COMPLETED);
        }
    }

    /** Has the first window of a task done; what is left of it. */
    private WindowTask afterOne(WindowTask task) {
        answerFirst(task);
        return rehearsal.worker.rest(task);
    }

    private void answerFirst(WindowTask task) {
        rehearsal.answer(rehearsal.worker.done(task, rehearsal.now()));
    }

    private WindowTask passAndTake(Duration time) {
        rehearsal.pass(time);
        List<WindowTask> given = List.copyOf(rehearsal.windowTasks);
        assertThat(given).hasSize(1);
        rehearsal.windowTasks.clear();
        return given.get(0);
    }

    private static void assertIsRest(WindowTask again, WindowTask rest, int attempt) {
        SampleWindow sample = again.getSample();
        assertThat(sample).isEqualTo(rest.getSample());
        assertThat(again.getAttempt()).isEqualTo(attempt);
    }

    private void assertCompleted() {
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }
}
