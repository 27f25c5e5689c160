package dev.segue.worker.jukebox.labels;

import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.request.Rejection;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the label rows that one prior hears (specification §8.5). Each level of a model has its own, with its own rules
 * for names, number of lyric tokens and window length.
 */
public final class Labeller {
    /** Columns before the genre slots: total length, offset, window samples, artist. */
    private static final int FIXED_COLUMNS = 4;

    private final int level;
    private final LabelSet names;
    private final LyricVocabulary vocabulary;
    private final int genreSlots;
    private final int lyricTokens;
    private final int hop;
    private final int windowSamples;

    /**
     * Labels the windows of one level.
     *
     * @param level number of the level, for reports
     * @param names rules and tables for names
     * @param genreSlots how many genre ids a row has
     * @param lyricTokens how many lyric tokens a row has, even; 0 for a level without lyrics
     * @param hop raw samples per code
     * @param windowSamples raw samples of a full window
     */
    public Labeller(int level, LabelSet names, int genreSlots, int lyricTokens, int hop, int windowSamples) {
        if (lyricTokens % 2 != 0) {
            throw new RejectedException(new Rejection.UnusableModel(
                    "lyrics.tokens of level " + level,
                    Integer.toString(lyricTokens),
                    "a lyric window is centred and must have an even number of tokens",
                    "use the token count the prior was trained with"));
        }
        this.level = level;
        this.names = names;
        this.vocabulary = LyricVocabulary.of(names.version());
        this.genreSlots = genreSlots;
        this.lyricTokens = lyricTokens;
        this.hop = hop;
        this.windowSamples = windowSamples;
    }

    /** The labeller of a labelled prior whose codes are {@code hop} raw samples long. */
    public static Labeller of(PriorShape prior, int hop, LabelSet names) {
        return new Labeller(
                prior.level(),
                names,
                prior.labels().maxGenreWords(),
                prior.lyricTokens(),
                hop,
                Math.multiplyExact(prior.context(), hop));
    }

    /** Columns of a label row. */
    public int columns() {
        return FIXED_COLUMNS + genreSlots + lyricTokens;
    }

    /**
     * The labels of a song, their first row being that of its first window.
     *
     * @throws RejectedException if the genre has too many words or the offset lies outside the song
     */
    public Labels label(SongDescription song) {
        List<UnknownName> unknown = new ArrayList<>();
        long[] y = new long[columns()];
        y[0] = song.totalLength();
        y[1] = song.offset();
        y[2] = windowSamples;
        LabelSet.NamedId artist = names.artist(song.artist());
        report(UnknownName.Kind.ARTIST, artist, unknown);
        y[3] = artist.id();
        List<LabelSet.NamedId> genre = names.genre(song.genre());
        if (genre.size() > genreSlots) {
            throw new RejectedException(new Rejection.TooManyGenreWords(song.genre(), genre.size(), level, genreSlots));
        }
        for (int slot = 0; slot < genreSlots; slot++) {
            y[FIXED_COLUMNS + slot] = LabelSet.EMPTY_SLOT;
            if (slot < genre.size()) {
                report(UnknownName.Kind.GENRE, genre.get(slot), unknown);
                y[FIXED_COLUMNS + slot] = genre.get(slot).id();
            }
        }
        String lyrics = vocabulary.clean(song.lyrics());
        int[] full = vocabulary.tokens(lyrics);
        requireInside(song.offset(), song.totalLength());
        putLyrics(y, LyricWindow.inDouble(full, lyricTokens, song.totalLength(), song.offset(), windowSamples));
        return new Labels(y, lyrics, full, unknown);
    }

    /**
     * The row of the window whose first code is {@code start}. Its length is always that of a full window, and the total
     * length stays.
     */
    public WindowLabels window(Labels labels, int start) {
        long[] y = labels.y();
        y[1] += (long) start * hop;
        y[2] = windowSamples;
        if (lyricTokens > 0) {
            requireInside(y[1], y[0]);
        }
        LyricWindow lyrics = LyricWindow.inSingle(labels.lyricTokens(), lyricTokens, y[0], y[1], windowSamples);
        putLyrics(y, lyrics);
        return new WindowLabels(y, lyrics.indices());
    }

    /** The artist of a label row, for display. */
    public String artist(long[] y) {
        return names.artistName((int) y[3]);
    }

    /** The genre of a label row, for display. */
    public String genre(long[] y) {
        List<Integer> ids = new ArrayList<>();
        for (int slot = 0; slot < genreSlots; slot++) {
            ids.add((int) y[FIXED_COLUMNS + slot]);
        }
        return names.genreName(ids);
    }

    private void putLyrics(long[] y, LyricWindow window) {
        int[] tokens = window.tokens();
        for (int i = 0; i < lyricTokens; i++) {
            y[FIXED_COLUMNS + genreSlots + i] = tokens[i];
        }
    }

    /** The middle of a window cannot be found in a song that has not begun or is over. */
    private void requireInside(long offset, long totalLength) {
        if (offset < 0 || offset >= totalLength) {
            throw new RejectedException(new Rejection.OffsetOutsideSong(offset, totalLength));
        }
    }

    /** An empty name was never given, so that it is no news that it is unknown. */
    private void report(UnknownName.Kind kind, LabelSet.NamedId name, List<UnknownName> unknown) {
        if (!name.known() && !name.name().isEmpty()) {
            unknown.add(new UnknownName(level, kind, name.name()));
        }
    }
}
