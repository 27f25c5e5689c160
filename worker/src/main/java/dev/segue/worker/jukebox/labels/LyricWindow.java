package dev.segue.worker.jukebox.labels;

import java.util.Arrays;

/**
 * The lyric characters that one window hears (specification §8.4): all of a short lyric padded on the left, else those
 * around the middle of the window if the lyric were sung evenly over the song.
 */
public final class LyricWindow {
    /** The index of a padding token. */
    public static final int PADDING_INDEX = -1;

    private final int[] tokens;
    private final int[] indices;

    private LyricWindow(int[] tokens, int[] indices) {
        this.tokens = tokens;
        this.indices = indices;
    }

    /**
     * The window as the first label row of a song has it, computed in double precision.
     *
     * @param full tokens of the whole lyric
     * @param size tokens of a window, even
     * @param totalLength of the song, in samples
     * @param offset of the window in the song, in samples
     * @param duration of the window, in samples
     */
    public static LyricWindow inDouble(int[] full, int size, long totalLength, long offset, long duration) {
        return around((long) (full.length * (offset + duration / 2.0) / totalLength), full, size);
    }

    /**
     * The window as every later label row has it, computed in single precision as the original does, which for long
     * lyrics may come out one character apart from {@link #inDouble}.
     */
    public static LyricWindow inSingle(int[] full, int size, long totalLength, long offset, long duration) {
        float middle = (float) full.length * ((float) offset + (float) duration / 2.0f) / (float) totalLength;
        return around((long) middle, full, size);
    }

    /** The tokens, padding first. */
    public int[] tokens() {
        return tokens.clone();
    }

    /** For every token its place in the whole lyric, {@link #PADDING_INDEX} for padding. */
    public int[] indices() {
        return indices.clone();
    }

    private static LyricWindow around(long middle, int[] full, int size) {
        int[] indices = new int[size];
        int[] tokens = new int[size];
        int padding = Math.max(0, size - full.length);
        int half = size / 2;
        int first = (int) Math.max(half, Math.min(middle, full.length - half)) - half;
        Arrays.fill(indices, 0, padding, PADDING_INDEX);
        Arrays.fill(tokens, 0, padding, LyricVocabulary.PADDING);
        for (int i = padding; i < size; i++) {
            indices[i] = (padding > 0 ? -padding : first) + i;
            tokens[i] = full[indices[i]];
        }
        return new LyricWindow(tokens, indices);
    }
}
