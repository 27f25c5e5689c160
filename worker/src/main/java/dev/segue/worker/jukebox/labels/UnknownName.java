package dev.segue.worker.jukebox.labels;

/**
 * A name that a level of the model has never heard of, so that it hears its id for unknown names instead.
 *
 * @param level number of the level
 * @param kind what the name is of
 * @param name the name or genre word as it was looked up
 */
public record UnknownName(int level, Kind kind, String name) {
    /** What can be unknown. */
    public enum Kind {
        ARTIST,
        GENRE
    }
}
