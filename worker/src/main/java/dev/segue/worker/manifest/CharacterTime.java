package dev.segue.worker.manifest;

/**
 * When one character of the lyrics is sung.
 *
 * @param start in seconds; −1 if it is not sung
 * @param end in seconds; −1 if it is not sung
 */
public record CharacterTime(double start, double end) {
    /** Of spaces, line ends and whatever else is not sung. */
    public static final CharacterTime NONE = new CharacterTime(-1, -1);

    /** Whether it is sung. */
    public boolean sung() {
        return start >= 0;
    }
}
