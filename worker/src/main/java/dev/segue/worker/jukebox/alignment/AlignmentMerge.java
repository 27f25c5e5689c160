package dev.segue.worker.jukebox.alignment;

import java.util.Arrays;

/**
 * Merges the windows of a song into its alignment as they come. Where windows overlap, the earlier one counts for every
 * character that it hears; codes beyond the song's (padding of a song shorter than a window) and padding of the lyric are
 * dropped. Of each code only the characters from the first to the last that a window hears take memory, and nothing of a
 * window is kept once it is merged.
 *
 * <p>Owned by one thread.
 */
public final class AlignmentMerge {
    /** In place of a weight that no window has given yet; attention is never below 0. */
    private static final float UNHEARD = -1;

    private static final float[] NOTHING = {};

    private final int characters;
    private final float[][] weights;
    /** The character that the first weight of each code is of. */
    private final int[] from;

    private int latest;
    private boolean over;

    /**
     * Nothing yet.
     *
     * @param codes top-level codes of the song
     * @param characters tokens of the whole lyric
     */
    public AlignmentMerge(int codes, int characters) {
        this.characters = characters;
        this.weights = new float[codes][];
        this.from = new int[codes];
        Arrays.fill(weights, NOTHING);
    }

    /**
     * Merges the next window.
     *
     * @throws IllegalArgumentException if it starts before the one that was merged last
     */
    public void add(WindowAttention window) {
        requireOpen();
        if (window.start() < latest) {
            throw new IllegalArgumentException("window starts at code " + window.start() + " but one that starts at "
                    + latest + " is merged; merge them in the order of their starts");
        }
        latest = window.start();
        int[] heard =
                Arrays.stream(window.indices()).filter(index -> index >= 0).toArray();
        if (heard.length == 0) {
            return;
        }
        int first = Arrays.stream(heard).min().getAsInt();
        int end = Arrays.stream(heard).max().getAsInt() + 1;
        int rows = Math.min(window.weights().length, weights.length - window.start());
        for (int row = 0; row < rows; row++) {
            int code = window.start() + row;
            widen(code, first, end);
            put(window.weights()[row], window.indices(), weights[code], from[code]);
        }
    }

    /** Makes room for the weights of more characters. */
    private void widen(int code, int first, int end) {
        float[] before = weights[code];
        int low = before.length == 0 ? first : Math.min(first, from[code]);
        int high = before.length == 0 ? end : Math.max(end, from[code] + before.length);
        if (high - low > before.length) {
            float[] wider = new float[high - low];
            Arrays.fill(wider, UNHEARD);
            System.arraycopy(before, 0, wider, before.length == 0 ? 0 : from[code] - low, before.length);
            weights[code] = wider;
            from[code] = low;
        }
    }

    private static void put(float[] window, int[] indices, float[] merged, int from) {
        for (int token = 0; token < indices.length; token++) {
            int at = indices[token] - from;
            if (indices[token] >= 0 && merged[at] == UNHEARD) {
                merged[at] = window[token];
            }
        }
    }

    /**
     * The alignment, once all windows are merged: what no window has heard has got no attention. The matrix is handed over,
     * so that nothing can be merged after that.
     */
    public Alignment alignment() {
        requireOpen();
        over = true;
        for (float[] row : weights) {
            for (int i = 0; i < row.length; i++) {
                row[i] = row[i] == UNHEARD ? 0 : row[i];
            }
        }
        return new Alignment(weights, from, characters);
    }

    private void requireOpen() {
        if (over) {
            throw new IllegalStateException("the alignment is made; begin another merge");
        }
    }
}
