package dev.segue.orchestrator.topology;

import dev.segue.contracts.record.WorkTimes;
import dev.segue.orchestrator.state.Work;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How long audio tasks of each kind take: moving averages over about twenty tasks, a second where nothing is known.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
final class AudioPace {
    private static final double MEMORY = 0.95;
    private static final double UNKNOWN_SECONDS = 1;
    private static final double MILLIS_PER_SECOND = 1000;

    private final Map<Work.Kind, Double> seconds = new EnumMap<>(Work.Kind.class);

    void measured(Work.Kind kind, WorkTimes times) {
        Duration took = Duration.between(times.getStartedAt(), times.getFinishedAt());
        // Never nothing, so that what is to be done never counts as nothing.
        double now = Math.max(1, took.toMillis()) / MILLIS_PER_SECOND;
        seconds.merge(kind, now, (before, latest) -> MEMORY * before + (1 - MEMORY) * latest);
    }

    /** Seconds of one task. */
    double seconds(Work.Kind kind) {
        return seconds.getOrDefault(kind, UNKNOWN_SECONDS);
    }
}
