package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.SongFailed;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.orchestrator.plan.Retry;
import dev.segue.orchestrator.state.OutstandingTask;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of work that was not done: another try, after a while, or the end of its song. Only the timing of lyrics can
 * be done without.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Setbacks {
    private static final Logger LOG = LoggerFactory.getLogger(Setbacks.class);
    private static final int LATER_EACH_TIME = 5;

    private final Turn turn;
    private final Dispatch dispatch;
    private final SongFlow flow;
    private final SongEnd end;
    private final Duration retryAfter;

    Setbacks(Turn turn, Dispatch dispatch, SongFlow flow, SongEnd end, Duration retryAfter) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.dispatch = Objects.requireNonNull(dispatch, "dispatch is null");
        this.flow = Objects.requireNonNull(flow, "flow is null");
        this.end = Objects.requireNonNull(end, "end is null");
        this.retryAfter = Objects.requireNonNull(retryAfter, "retryAfter is null");
    }

    /** Handles work that a worker could not do; another try waits, so that whatever is wrong has time to pass. */
    void failed(Song song, Work work, OutstandingTask task, TaskFailure failure, Instant now) {
        handle(song, work, task, failure, true, now);
    }

    /** Handles work whose worker is gone; another try need not wait. */
    void lost(Song song, Work work, OutstandingTask task, Instant now) {
        turn.count(Tally.Event.LOST_TASK);
        TaskFailure failure = TaskFailure.newBuilder()
                .setReason(FailureReason.WORKER_LOST)
                .setMessage(
                        task.getClaimed()
                                ? "its worker went silent"
                                : "nobody took it, while later work of its kind was taken")
                .setRetryable(true)
                .build();
        handle(song, work, task, failure, false, now);
    }

    private void handle(Song song, Work work, OutstandingTask task, TaskFailure failure, boolean waits, Instant now) {
        LOG.warn(
                "event=work_failed song={} work={} level={} index={} attempt={} reason={} retryable={} message=\"{}\"",
                song.id(),
                work.kind(),
                work.level(),
                work.index(),
                task.getAttempt(),
                failure.getReason(),
                failure.getRetryable(),
                failure.getMessage());
        turn.touch(song);
        if (failure.getReason() == FailureReason.DEADLINE && song.ticket().getDeadline() != null) {
            end.expired(song, now);
            return;
        }
        int first = song.ticket().getFirstAttempt();
        Retry retry = Retry.after(failure, task.getAttempt() - first);
        if (retry instanceof Retry.Again again) {
            turn.count(Tally.Event.RETRY);
            int next = first + again.attempt();
            if (waits) {
                dispatch.giveLater(song, work, next, now.plus(pause(again.attempt())));
            } else {
                dispatch.give(song, work, next, now);
            }
        } else if (retry instanceof Retry.GiveUp giveUp) {
            giveUp(song, work, task, giveUp, now);
        }
    }

    private void giveUp(Song song, Work work, OutstandingTask task, Retry.GiveUp giveUp, Instant now) {
        TaskFailure failure = giveUp.failure();
        String reason = work.describe() + " was tried " + giveUp.attempts() + " times and failed with "
                + failure.getReason() + ": " + failure.getMessage();
        dispatch.bury(song, work, task.getAttempt(), reason, now);
        if (work.kind() == Work.Kind.ALIGN) {
            flow.alignmentSettled(song, now);
            return;
        }
        end.failed(
                song,
                SongFailed.newBuilder()
                        .setReason(failure.getReason())
                        .setMessage(failure.getMessage())
                        .setWork(work.describe())
                        .setAttempts(giveUp.attempts())
                        .build(),
                now);
    }

    private Duration pause(int attempt) {
        Duration pause = retryAfter;
        for (int i = 1; i < attempt; i++) {
            pause = pause.multipliedBy(LATER_EACH_TIME);
        }
        return pause;
    }
}
