package dev.segue.orchestrator.topology;

import dev.segue.orchestrator.state.OutstandingTask;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * How recent the work is that workers of each kind take: topics are served about in order, so that a task which lies
 * unclaimed long after later ones were taken has got lost.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class PoolActivity {
    private final Map<String, Instant> latest = new HashMap<>();

    /** Takes note that workers of a kind have a task. */
    void taken(String pool, OutstandingTask task) {
        latest.merge(pool, task.getEmittedAt(), (one, other) -> one.isAfter(other) ? one : other);
    }

    /** Whether a task that was given out later was taken. */
    boolean wasOvertaken(String pool, OutstandingTask task) {
        Instant time = latest.get(pool);
        return time != null && time.isAfter(task.getEmittedAt());
    }
}
