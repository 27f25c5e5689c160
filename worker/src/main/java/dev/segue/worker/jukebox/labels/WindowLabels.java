package dev.segue.worker.jukebox.labels;

/**
 * The label row of one window and where its lyric tokens lie in the whole lyric.
 */
public final class WindowLabels {
    private final long[] y;
    private final int[] lyricIndices;

    WindowLabels(long[] y, int[] lyricIndices) {
        this.y = y;
        this.lyricIndices = lyricIndices;
    }

    /** {@code [total length, offset, window samples, artist, genre slots, lyric window]}. */
    public long[] y() {
        return y.clone();
    }

    /** For every lyric token its place in the whole lyric, −1 for padding. */
    public int[] lyricIndices() {
        return lyricIndices.clone();
    }
}
