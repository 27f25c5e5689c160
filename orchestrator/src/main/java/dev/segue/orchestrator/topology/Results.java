package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.contracts.record.TimelineEntry;
import dev.segue.contracts.record.WorkTimes;
import dev.segue.orchestrator.state.OutstandingTask;
import dev.segue.orchestrator.state.Song;
import dev.segue.orchestrator.state.Work;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What holds for results of all kinds: the song must run, the model be its own, and the work be given out; the first
 * result counts, whichever attempt it is of. What is of no use is dropped and counted.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class Results {
    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    private final Turn turn;
    private final LiveSongs live;
    private final Setbacks setbacks;

    Results(Turn turn, LiveSongs live, Setbacks setbacks) {
        this.turn = Objects.requireNonNull(turn, "turn is null");
        this.live = Objects.requireNonNull(live, "live is null");
        this.setbacks = Objects.requireNonNull(setbacks, "setbacks is null");
    }

    /** The song that a result is of, if it can be of use. */
    Optional<Song> song(String songId, String modelDigest, int attempt) {
        Optional<Song> song = live.find(songId);
        if (song.isEmpty() || attempt < song.get().ticket().getFirstAttempt()) {
            drop(Tally.Event.LATE_RESULT, songId, "no song that runs");
            return Optional.empty();
        }
        if (!song.get().ticket().getModelDigest().equals(modelDigest)) {
            drop(Tally.Event.FOREIGN_RESULT, songId, "another model");
            return Optional.empty();
        }
        return song;
    }

    /**
     * What is given out of the work that a result is of, if anything is.
     *
     * @param accepted whether a result of it was accepted before
     */
    Optional<OutstandingTask> task(Song song, Work work, boolean accepted) {
        Optional<OutstandingTask> task = song.task(work);
        if (task.isEmpty() && accepted) {
            turn.touch(song);
            song.countDuplicate();
            drop(Tally.Event.DUPLICATE_RESULT, song.id(), work.describe());
        } else if (task.isEmpty()) {
            drop(Tally.Event.UNEXPECTED_RESULT, song.id(), work.describe());
        }
        return task;
    }

    /** Handles what a worker says of its failure; only that of the last try counts. */
    void failed(Song song, Work work, OutstandingTask task, int attempt, TaskFailure failure, Instant now) {
        if (task.getGiven() && attempt == task.getAttempt()) {
            setbacks.failed(song, work, task, failure, now);
        } else {
            drop(Tally.Event.DUPLICATE_RESULT, song.id(), work.describe() + " failed in an earlier try");
        }
    }

    /** Handles a result that contradicts its task: it goes to dead letters, and its work counts as failed. */
    void malformed(Received record, Song song, Work work, OutstandingTask task, int attempt, String reason) {
        turn.deadLetter(record, reason);
        TaskFailure failure = TaskFailure.newBuilder()
                .setReason(FailureReason.INTERNAL)
                .setMessage("a worker's result is unusable: " + reason)
                .setRetryable(true)
                .build();
        failed(song, work, task, attempt, failure, record.at());
    }

    private void drop(Tally.Event event, String songId, String what) {
        turn.count(event);
        LOG.debug("event=result_dropped song={} why={} what=\"{}\"", songId, event, what);
    }

    /** A line of the timeline. */
    static TimelineEntry line(
            String work,
            int level,
            int window,
            int codes,
            OutstandingTask task,
            WorkTimes times,
            String worker,
            Instant now) {
        return TimelineEntry.newBuilder()
                .setWork(work)
                .setLevel(level)
                .setWindow(window)
                .setCodes(codes)
                .setEmittedAt(task.getEmittedAt())
                .setStartedAt(times.getStartedAt())
                .setFinishedAt(times.getFinishedAt())
                .setAcceptedAt(now)
                .setPrefillMillis(times.getPrefillMillis())
                .setAttempt(task.getAttempt())
                .setWorker(worker)
                .build();
    }
}
