package dev.segue.orchestrator.plan;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Work that waits for workers, by who can do it. Immutable.
 *
 * @param levels of pools: 2 top, 1 middle, 0 bottom
 * @param audio of assembly workers
 */
public record Backlog(Map<Integer, Level> levels, Audio audio) {
    public Backlog {
        levels = new TreeMap<>(levels);
        Objects.requireNonNull(audio, "audio is null");
    }

    /**
     * Of workers of a pool.
     *
     * @param tasks given out and not answered
     * @param codes that queued and running songs still need
     * @param seconds that one slot would take for them
     * @param songs that need any
     */
    public record Level(int tasks, long codes, double seconds, int songs) {
        /** Nothing. */
        public static final Level NONE = new Level(0, 0, 0, 0);

        /** Both together. */
        public Level plus(Level other) {
            return new Level(tasks + other.tasks, codes + other.codes, seconds + other.seconds, songs + other.songs);
        }
    }

    /**
     * Of assembly workers.
     *
     * @param tasks given out and not answered
     * @param seconds that one lane would take for all audio work of songs on their way
     */
    public record Audio(int tasks, double seconds) {}
}
