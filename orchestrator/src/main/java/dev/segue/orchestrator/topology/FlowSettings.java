package dev.segue.orchestrator.topology;

import dev.segue.orchestrator.plan.Limits;
import java.time.Duration;
import java.util.Objects;

/**
 * How songs are handled, whatever cluster they come through.
 *
 * @param limits what a request may ask for
 * @param songsInFlight how many songs are sampled at once
 * @param lostAfter how long a worker that said that it is at work may be silent before its task is given out again
 * @param unclaimedAfter how long a task may lie unclaimed while later ones of its kind are taken
 * @param retryAfter how long work that failed waits for its second try; five times as long for the third
 * @param keepEnded how long the id of an ended song is remembered
 * @param registryPatience how long one record waits for a registry that does not answer before the task starts again;
 *     shorter than a transaction may last
 */
public record FlowSettings(
        Limits limits,
        int songsInFlight,
        Duration lostAfter,
        Duration unclaimedAfter,
        Duration retryAfter,
        Duration keepEnded,
        Duration registryPatience) {
    /** What an installation does unless told otherwise. */
    public static final FlowSettings DEFAULT = new FlowSettings(
            Limits.DEFAULT,
            8,
            Duration.ofMinutes(3),
            Duration.ofHours(1),
            Duration.ofSeconds(2),
            Duration.ofDays(30),
            Duration.ofSeconds(5));

    public FlowSettings {
        Objects.requireNonNull(limits, "limits is null");
        Objects.requireNonNull(lostAfter, "lostAfter is null");
        Objects.requireNonNull(unclaimedAfter, "unclaimedAfter is null");
        Objects.requireNonNull(retryAfter, "retryAfter is null");
        Objects.requireNonNull(keepEnded, "keepEnded is null");
        Objects.requireNonNull(registryPatience, "registryPatience is null");
    }
}
