package dev.segue.orchestrator.topology;

import dev.segue.orchestrator.plan.Backlog;
import dev.segue.orchestrator.state.Stage;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * All songs on their way, at one moment. Immutable.
 *
 * @param backlog the work that is left of them
 * @param songs how many are at each stage
 * @param oldestQueued when the one was accepted that waits for longest; empty if none waits
 */
public record Overview(Backlog backlog, Map<Stage, Integer> songs, Optional<Instant> oldestQueued) {
    public Overview {
        songs = Map.copyOf(songs);
    }
}
