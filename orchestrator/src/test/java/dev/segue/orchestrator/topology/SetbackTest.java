package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongFailed;
import dev.segue.contracts.record.StopReason;
import dev.segue.contracts.record.StoppedSong;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.orchestrator.plan.Cards;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SetbackTest {
    private static final ModelCard CARD = Cards.small();
    private static final Duration RETRY = FlowSettings.DEFAULT.retryAfter().plusSeconds(1);
    private static final Duration LATER_RETRY =
            FlowSettings.DEFAULT.retryAfter().multipliedBy(6);

    private Rehearsal rehearsal;

    @BeforeEach
    void startTwoSongs() throws IOException {
        rehearsal = new Rehearsal(CARD, FlowSettings.DEFAULT);
        rehearsal.send(rehearsal.request("song", 0.5).setLyrics("la la").build());
        rehearsal.send(rehearsal.request("other", 0.5).build());
        rehearsal.prepareAll();
    }

    @AfterEach
    void close() throws IOException {
        rehearsal.close();
    }

    @Test
    void workThatFailsIsTriedThreeTimesAndThenItsSongFails() {
        for (int attempt = 0; attempt < 3; attempt++) {
            WindowTask task = takeWindow("song");
            assertThat(task.getAttempt()).isEqualTo(attempt);
            assertThat(rehearsal.kinds("song")).doesNotContain(SongEventKind.FAILED);
            rehearsal.answer(rehearsal.worker.failed(task, FailureReason.OUT_OF_MEMORY, true));
            rehearsal.pass(attempt == 0 ? RETRY : LATER_RETRY);
        }
        assertFailed(FailureReason.OUT_OF_MEMORY, "window 0 of level 2", 3);
        assertThat(rehearsal.tally.of(Tally.Event.RETRY)).isEqualTo(2);
    }

    @Test
    void aTryThatSucceedsAfterAFailureIsAsGoodAsAnyOther() {
        rehearsal.answer(rehearsal.worker.failed(takeWindow("song"), FailureReason.INTERNAL, true));
        rehearsal.pass(RETRY);
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
        rehearsal.only("other", SongEventKind.COMPLETED);
    }

    @Test
    void workThatNoTryCanHelpFailsItsSongAtOnce() {
        rehearsal.answer(rehearsal.worker.failed(takeWindow("song"), FailureReason.NOT_A_NUMBER, false));
        assertFailed(FailureReason.NOT_A_NUMBER, "window 0 of level 2", 1);
    }

    private void assertFailed(FailureReason reason, String work, int attempts) {
        SongFailed failed = rehearsal.only("song", SongEventKind.FAILED).getFailed();
        assertThat(failed.getReason()).isEqualTo(reason);
        assertThat(failed.getWork()).isEqualTo(work);
        assertThat(failed.getAttempts()).isEqualTo(attempts);
        assertThat(rehearsal.stopped)
                .singleElement()
                .extracting(StoppedSong::getSongId, StoppedSong::getReason)
                .containsExactly("song", StopReason.FAILED);
        assertThat(rehearsal.deadLetters).singleElement().satisfies(letter -> {
            assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("song");
            assertThat(new String(letter.headers().lastHeader("segue.topic").value(), StandardCharsets.UTF_8))
                    .isEqualTo("test.window-tasks.top");
            assertThat(new String(letter.headers().lastHeader("segue.reason").value(), StandardCharsets.UTF_8))
                    .contains(reason.name());
        });
        rehearsal.workAll();
        rehearsal.only("other", SongEventKind.COMPLETED);
        assertThat(rehearsal.last("song").getKind()).isEqualTo(SongEventKind.FAILED);
        assertThat(rehearsal.entries(SongTopology.CODES)).isZero();
    }

    @Test
    void anOldTrysFailureDoesNotCountOnceTheWorkIsGivenOutAgain() {
        WindowTask first = takeWindow("song");
        rehearsal.answer(rehearsal.worker.failed(first, FailureReason.INTERNAL, true));
        rehearsal.pass(RETRY);
        rehearsal.answer(rehearsal.worker.failed(first, FailureReason.INTERNAL, true));
        rehearsal.answer(rehearsal.worker.failed(first, FailureReason.INTERNAL, true));
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }

    @Test
    void anOldTrysResultCountsEvenThoughTheWorkIsGivenOutAgain() {
        WindowTask first = takeWindow("song");
        rehearsal.answer(rehearsal.worker.failed(first, FailureReason.INTERNAL, true));
        rehearsal.answer(rehearsal.worker.done(first, rehearsal.now()));
        rehearsal.pass(LATER_RETRY);
        assertThat(rehearsal.windowTasks).noneMatch(task -> task.getAttempt() == 1);
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }

    @Test
    void lyricsThatNobodyCanTimeDoNotFailTheirSong() {
        while (rehearsal.kinds("song").contains(SongEventKind.COMPLETED) == false) {
            WindowTask next = rehearsal.windowTasks.peek();
            if (next != null && next.getKind() == WindowTaskKind.ALIGN) {
                rehearsal.answer(rehearsal.worker.failed(rehearsal.windowTasks.poll(), FailureReason.INTERNAL, false));
            } else {
                AudioTask compose = rehearsal.audioTasks.peek();
                if (compose != null
                        && compose.getCompose() != null
                        && compose.getSongId().equals("song")) {
                    assertThat(compose.getCompose().getLyrics()).isNull();
                }
                rehearsal.work();
            }
        }
        rehearsal.only("song", SongEventKind.COMPLETED);
        assertThat(rehearsal.deadLetters).hasSize(1);
    }

    @Test
    void aWorkerThatGoesSilentLosesItsTask() {
        WindowTask task = takeWindow("song");
        rehearsal.answer(rehearsal.worker.running(task, 3));
        rehearsal.pass(Duration.ofMinutes(2));
        rehearsal.answer(rehearsal.worker.running(task, 5));
        rehearsal.pass(Duration.ofMinutes(2));
        assertThat(rehearsal.windowTasks).noneMatch(other -> other.getAttempt() == 1);
        rehearsal.pass(Duration.ofMinutes(2));
        assertThat(rehearsal.windowTasks).anyMatch(other -> other.getAttempt() == 1);
        assertThat(rehearsal.tally.of(Tally.Event.LOST_TASK)).isEqualTo(1);
        rehearsal.workAll();
        rehearsal.only("song", SongEventKind.COMPLETED);
    }

    @Test
    void aTaskWhoseWorkersDieEveryTimeFailsItsSong() {
        for (int attempt = 0; attempt < 3; attempt++) {
            rehearsal.answer(rehearsal.worker.running(takeWindow("song"), 1));
            rehearsal.pass(FlowSettings.DEFAULT.lostAfter().plusSeconds(1));
        }
        assertFailed(FailureReason.WORKER_LOST, "window 0 of level 2", 3);
    }

    @Test
    void aTaskThatNobodyTookIsGivenOutAgainOnceLaterOnesWereTaken() {
        WindowTask lost = takeWindow("song");
        rehearsal.pass(FlowSettings.DEFAULT.unclaimedAfter().plusSeconds(1));
        assertThat(rehearsal.tally.of(Tally.Event.LOST_TASK))
                .as("nobody works at all")
                .isZero();
        rehearsal.workAll();
        rehearsal.pass(Duration.ofSeconds(1));
        WindowTask again = rehearsal.windowTasks.peek();
        assertThat(again.getSample()).isEqualTo(lost.getSample());
        assertThat(again.getAttempt()).isEqualTo(1);
    }

    @Test
    void aSongWhoseDeadlinePassesExpiresOnce() {
        rehearsal.send(rehearsal
                .request("hurried", 0.5)
                .setDeadline(rehearsal.now().plusSeconds(10))
                .build());
        rehearsal.prepareAll();
        WindowTask task = takeWindow("hurried");
        rehearsal.pass(Duration.ofSeconds(11));
        rehearsal.only("hurried", SongEventKind.EXPIRED);
        assertThat(rehearsal.stopped)
                .singleElement()
                .extracting(StoppedSong::getReason)
                .isEqualTo(StopReason.EXPIRED);
        rehearsal.answer(rehearsal.worker.done(task, rehearsal.now()));
        assertThat(rehearsal.tally.of(Tally.Event.LATE_RESULT)).isEqualTo(1);
        rehearsal.pass(Duration.ofSeconds(11));
        assertThat(rehearsal.last("hurried").getKind()).isEqualTo(SongEventKind.EXPIRED);
    }

    @Test
    void aWorkerThatSeesTheDeadlinePassEndsTheSongToo() {
        rehearsal.send(rehearsal
                .request("hurried", 0.5)
                .setDeadline(rehearsal.now().plusSeconds(10))
                .build());
        rehearsal.prepareAll();
        rehearsal.answer(rehearsal.worker.failed(takeWindow("hurried"), FailureReason.DEADLINE, false));
        rehearsal.only("hurried", SongEventKind.EXPIRED);
    }

    @Test
    void aCancelledSongEndsOnceAndNothingOfItGoesOn() {
        WindowTask task = takeWindow("song");
        rehearsal.cancel("song");
        assertThat(rehearsal.only("song", SongEventKind.CANCELLED).getReason()).isEqualTo("changed my mind");
        assertThat(rehearsal.stopped)
                .singleElement()
                .extracting(StoppedSong::getReason)
                .isEqualTo(StopReason.CANCELLED);
        rehearsal.answer(rehearsal.worker.done(task, rehearsal.now()));
        assertThat(rehearsal.windowTasks).noneMatch(other -> other.getSongId().equals("song"));
        rehearsal.cancel("song");
        assertThat(rehearsal.last("song").getKind()).isEqualTo(SongEventKind.REFUSED);
        rehearsal.workAll();
        rehearsal.only("other", SongEventKind.COMPLETED);
        assertThat(rehearsal.entries(SongTopology.CODES)).isZero();
    }

    @Test
    void aSongCanBeCancelledBeforeItIsPreparedAndWhileItIsComposed() {
        rehearsal.send(rehearsal.request("early", 0.5).build());
        rehearsal.cancel("early");
        rehearsal.only("early", SongEventKind.CANCELLED);
        rehearsal.workAll();
        rehearsal.send(rehearsal.request("late", 0.5).build());
        while (rehearsal.audioTasks.isEmpty() || rehearsal.audioTasks.peek().getCompose() == null) {
            rehearsal.work();
        }
        AudioTask compose = rehearsal.audioTasks.poll();
        rehearsal.cancel("late");
        rehearsal.worker.done(compose, rehearsal.now()).forEach(rehearsal::answer);
        rehearsal.only("late", SongEventKind.CANCELLED);
        assertThat(rehearsal.kinds("late")).doesNotContain(SongEventKind.COMPLETED);
    }

    private WindowTask takeWindow(String songId) {
        WindowTask task = rehearsal.windowTasks.stream()
                .filter(other -> other.getSongId().equals(songId))
                .findFirst()
                .orElseThrow();
        rehearsal.windowTasks.remove(task);
        return task;
    }
}
