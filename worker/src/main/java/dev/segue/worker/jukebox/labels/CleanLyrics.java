package dev.segue.worker.jukebox.labels;

/** Lyrics as a model hears them, each character with its place in the text that a user wrote. Immutable. */
public final class CleanLyrics {
    private final String text;
    private final int[] origins;

    CleanLyrics(String text, int[] origins) {
        this.text = text;
        this.origins = origins;
    }

    /** What the model hears; its characters are those of an alignment. */
    public String text() {
        return text;
    }

    /** How many characters the model hears. */
    public int length() {
        return origins.length;
    }

    /**
     * Where in the user's text the code point begins that character {@code i} stands for or is a part of; never less
     * than that of the character before.
     */
    public int origin(int i) {
        return origins[i];
    }
}
