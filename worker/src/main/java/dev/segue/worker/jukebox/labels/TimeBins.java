package dev.segue.worker.jukebox.labels;

/**
 * Rows of the three timing tables that a window of a top-level prior hears.
 */
public final class TimeBins {
    private final int totalLength;
    private final int[] absolute;
    private final int[] relative;

    TimeBins(int totalLength, int[] absolute, int[] relative) {
        this.totalLength = totalLength;
        this.absolute = absolute;
        this.relative = relative;
    }

    /** The row for the length of the whole song, the same at every position. */
    public int totalLength() {
        return totalLength;
    }

    /** Per position of the window, the row for the time since the song began. */
    public int[] absolute() {
        return absolute.clone();
    }

    /** Per position of the window, the row for the share of the song that is over. */
    public int[] relative() {
        return relative.clone();
    }
}
