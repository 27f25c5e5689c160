package dev.segue.worker.lyrics;

import java.util.Arrays;

/**
 * For each character of the cleaned lyrics the top-level codes during which it is sung, if it is: all that is left of a
 * song's alignment when it leaves the worker that computed it. Immutable.
 */
public final class LyricTiming {
    /** In place of a code, for a character that is not sung. */
    public static final int UNSUNG = -1;

    private final int codes;
    private final int[] first;
    private final int[] last;

    private LyricTiming(int codes, int[] first, int[] last) {
        this.codes = codes;
        this.first = first;
        this.last = last;
    }

    /**
     * Timing as it crosses a border between processes.
     *
     * @param codes top-level codes of the song
     * @param first per character the first code that sings it, or {@link #UNSUNG}
     * @param last per character the last one
     * @throws IllegalArgumentException if a character has codes that the song has not, ends before it begins or begins
     *     before an earlier one
     */
    public static LyricTiming of(int codes, int[] first, int[] last) {
        if (first.length != last.length) {
            throw new IllegalArgumentException("timing has first codes of " + first.length
                    + " characters but last ones of " + last.length + "; give both of each");
        }
        int before = 0;
        for (int i = 0; i < first.length; i++) {
            boolean unsung = first[i] == UNSUNG && last[i] == UNSUNG;
            if (!unsung && (first[i] < before || last[i] < first[i] || last[i] >= codes)) {
                throw new IllegalArgumentException("character " + i + " is sung by the codes " + first[i] + " to "
                        + last[i] + ", but they must lie in order from " + before + " to " + (codes - 1));
            }
            before = unsung ? before : first[i];
        }
        return new LyricTiming(codes, first.clone(), last.clone());
    }

    /** A song in which nothing is sung. */
    public static LyricTiming silent(int codes, int characters) {
        int[] none = new int[characters];
        Arrays.fill(none, UNSUNG);
        return new LyricTiming(codes, none, none);
    }

    /** Top-level codes of the song. */
    public int codes() {
        return codes;
    }

    /** Characters of the cleaned lyrics. */
    public int characters() {
        return first.length;
    }

    /** Whether a character is sung at all. */
    public boolean sung(int character) {
        return first[character] != UNSUNG;
    }

    /** The first code of each character, or {@link #UNSUNG}. */
    public int[] first() {
        return first.clone();
    }

    /** The last code of each character, or {@link #UNSUNG}. */
    public int[] last() {
        return last.clone();
    }

    int first(int character) {
        return first[character];
    }

    int last(int character) {
        return last[character];
    }
}
