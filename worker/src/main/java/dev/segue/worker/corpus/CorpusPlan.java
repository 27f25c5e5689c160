package dev.segue.worker.corpus;

import dev.segue.worker.manifest.Split;

/**
 * What a corpus is made of. Every artist sings every genre as often as any other, give or take one; a song depends on
 * seed, number, seconds and rate alone, so that a longer corpus begins with the songs of a shorter one.
 *
 * @param songs in all
 * @param seconds that each lasts at most; it is less than a line of lyrics shorter
 * @param seed of everything that is drawn
 * @param sampleRate in Hz
 */
public record CorpusPlan(int songs, double seconds, long seed, int sampleRate) {
    static final int COMBINATIONS = Genre.ALL.size() * Artist.ALL.size();
    /** So that each artist sings each genre in each split. */
    static final int LEAST_SONGS = COMBINATIONS * Split.values().length;

    private static final int MOST_SONGS = 100_000;
    private static final double LEAST_SECONDS = 10;
    private static final double MOST_SECONDS = 600;
    private static final int LEAST_RATE = 8000;
    private static final int MOST_RATE = 48000;

    /** Checks all four. */
    public CorpusPlan {
        if (songs < LEAST_SONGS || songs > MOST_SONGS) {
            throw new IllegalArgumentException("songs is " + songs + " but must be from " + LEAST_SONGS
                    + ", three of each genre by each artist, to " + MOST_SONGS + "; 400 are usual");
        }
        if (!(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException("seconds is " + seconds + " but must be from " + LEAST_SECONDS + " to "
                    + MOST_SECONDS + "; 24 are usual");
        }
        if (sampleRate < LEAST_RATE || sampleRate > MOST_RATE) {
            throw new IllegalArgumentException("rate is " + sampleRate + " Hz but must be from " + LEAST_RATE + " to "
                    + MOST_RATE + "; 22050 is usual");
        }
    }

    Genre genre(int song) {
        return Genre.ALL.get(song % COMBINATIONS / Artist.ALL.size());
    }

    Artist artist(int song) {
        return Artist.ALL.get(song % Artist.ALL.size());
    }

    /** A tenth of each artist's songs of each genre is for validation and a tenth for tests, at least one each. */
    Split split(int song) {
        int combination = song % COMBINATIONS;
        int alike = (songs - combination + COMBINATIONS - 1) / COMBINATIONS;
        int held = Math.max(1, (alike + 5) / 10);
        int left = alike - song / COMBINATIONS;
        if (left <= held) {
            return Split.TEST;
        }
        return left <= 2 * held ? Split.VALIDATION : Split.TRAIN;
    }

    long songSeed(int song) {
        return Seeds.ofSong(seed, song);
    }
}
