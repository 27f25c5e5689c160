package dev.segue.worker.jukebox.labels;

import java.util.List;

/**
 * What one level hears of a song: its first label row y and what later rows are made from (specification §8.5).
 */
public final class Labels {
    private final long[] y;
    private final String lyrics;
    private final int[] lyricTokens;
    private final List<UnknownName> unknown;

    Labels(long[] y, String lyrics, int[] lyricTokens, List<UnknownName> unknown) {
        this.y = y;
        this.lyrics = lyrics;
        this.lyricTokens = lyricTokens;
        this.unknown = List.copyOf(unknown);
    }

    /** {@code [total length, offset, window samples, artist, genre slots, lyric window]}. */
    public long[] y() {
        return y.clone();
    }

    /** The lyrics after cleaning: what the characters of an alignment are. */
    public String lyrics() {
        return lyrics;
    }

    /** Tokens of the whole lyric. */
    public int[] lyricTokens() {
        return lyricTokens.clone();
    }

    /** Names that this level does not know; empty if it knows all. */
    public List<UnknownName> unknown() {
        return unknown;
    }
}
