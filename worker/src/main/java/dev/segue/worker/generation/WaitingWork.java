package dev.segue.worker.generation;

import dev.segue.contracts.record.FailureReason;
import dev.segue.worker.tasks.StoppedSongs;
import dev.segue.worker.torch.Torch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Tasks that have no slot yet, in the order in which they came.
 *
 * <p>Owned by the thread that samples.
 */
final class WaitingWork {
    private final Segments segments;
    private final StoppedSongs stopped;
    private final GenerationMeters meters;
    private final List<GenerationWork> waiting = new ArrayList<>();

    WaitingWork(Segments segments, StoppedSongs stopped, GenerationMeters meters) {
        this.segments = segments;
        this.stopped = stopped;
        this.meters = meters;
    }

    void add(GenerationWork work) {
        waiting.add(work);
        meters.waiting.set(waiting.size());
    }

    /** Gives slots to those that can have one; a task that needs room for its model holds up those behind it. */
    void place(LoadedLevels levels) {
        Iterator<GenerationWork> all = waiting.iterator();
        while (all.hasNext()) {
            GenerationWork work = all.next();
            if (isOver(work)) {
                all.remove();
                continue;
            }
            Optional<LevelWindows> level = levels.get(work.key());
            if (level.isPresent()) {
                if (level.get().begin(work)) {
                    all.remove();
                }
            } else if (!levels.load(work.key())) {
                break;
            }
        }
        meters.waiting.set(waiting.size());
    }

    private boolean isOver(GenerationWork work) {
        Instant deadline = work.task().getDeadline();
        if (stopped.contains(work.songId())) {
            work.drop();
        } else if (deadline != null && Instant.now().isAfter(deadline)) {
            work.end(segments.failed(
                    work.task(), FailureReason.DEADLINE, false, "the deadline passed before the work began"));
        }
        return work.outcome().isDone();
    }

    /** Fails all tasks of a level that could not be loaded. */
    void fail(LevelKey key, Throwable failure) {
        boolean invalid = failure instanceof LevelLoader.NoSuchLevelException;
        FailureReason reason = invalid
                ? FailureReason.INVALID_TASK
                : Torch.isOutOfMemory(failure) ? FailureReason.OUT_OF_MEMORY : FailureReason.MODEL_UNAVAILABLE;
        waiting.removeIf(work -> {
            boolean affected = work.key().equals(key);
            if (affected) {
                meters.failed.increment();
                work.end(segments.failed(work.task(), reason, !invalid, String.valueOf(failure.getMessage())));
            }
            return affected;
        });
    }

    /** Gives up all of them. */
    void cancel() {
        waiting.forEach(work -> work.outcome().cancel(false));
    }
}
