package dev.segue.orchestrator.plan;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Which song starts next. The highest priority first; among equals the tenant with the fewest running songs, so that a
 * tenant's thousand songs do not delay another one's; then the earliest.
 *
 * <p>Not thread-safe: owned by the thread of the orchestrator's task, which fills it from its stores when it starts.
 */
public final class Admission {
    /** At most {@code limit} songs run at once. */
    public Admission(int limit) {
        throw new UnsupportedOperationException();
    }

    /**
     * A song that waits.
     *
     * @param songId the song
     * @param tenant on whose behalf
     * @param priority the higher, the earlier
     * @param arrival when it was accepted, as any number that grows; equal ones are told apart by song id
     */
    public record Waiting(String songId, String tenant, int priority, long arrival) {}

    /** Puts a song into the queue; one that is there already stays where it is. */
    public void enqueue(Waiting song) {
        throw new UnsupportedOperationException();
    }

    /** Counts a song that was started before, as after a restart. */
    public void resume(String songId, String tenant) {
        throw new UnsupportedOperationException();
    }

    /** The song that starts next, if there is room for one. */
    public Optional<Waiting> next() {
        throw new UnsupportedOperationException();
    }

    /** Starts the song that is next, if there is room for one. */
    public Optional<Waiting> admit() {
        throw new UnsupportedOperationException();
    }

    /** Forgets a song that waits or runs; nothing happens if it does neither. */
    public void remove(String songId) {
        throw new UnsupportedOperationException();
    }

    /** How many songs start before a waiting one if none arrives and none ends; empty if it does not wait. */
    public OptionalInt position(String songId) {
        throw new UnsupportedOperationException();
    }

    /** All waiting songs in the order in which they start; the place in it is {@link #position}. */
    public List<Waiting> order() {
        throw new UnsupportedOperationException();
    }

    /** How many songs run. */
    public int running() {
        throw new UnsupportedOperationException();
    }

    /** How many songs wait. */
    public int waiting() {
        throw new UnsupportedOperationException();
    }
}
