package dev.segue.orchestrator.plan;

import dev.segue.orchestrator.callback.CallbackRules;
import java.util.Objects;

/**
 * What one request may ask of an installation, whatever the model can do.
 *
 * @param maxSeconds longest song
 * @param maxLyrics most characters of lyrics (UTF-16 units)
 * @param maxName most characters of an artist, a genre or a tenant
 * @param maxGenres most genres of one song
 * @param maxParallelSegments most segments that one song may be cut into
 * @param callbacks which callback addresses are taken
 */
public record Limits(
        double maxSeconds,
        int maxLyrics,
        int maxName,
        int maxGenres,
        int maxParallelSegments,
        CallbackRules callbacks) {
    /**
     * What an installation allows unless told otherwise: 600 s, the longest song that the published models know; 20 000
     * characters of lyrics, which are 33 a second of that (fast rap has 25) and a record of at most 80 KB; 64 segments,
     * since a segment of 600 s is then 9.4 s long.
     */
    public static final Limits DEFAULT = new Limits(600, 20_000, 200, 16, 64);

    /** No code of such a song is farther away than an int counts, whatever the model. */
    private static final int LONGEST = 3600;

    public Limits {
        Objects.requireNonNull(callbacks, "callbacks is null");
        require(
                maxSeconds > 0 && maxSeconds <= LONGEST,
                "maxSeconds",
                maxSeconds,
                "more than 0 and at most " + LONGEST);
        require(maxLyrics >= 0, "maxLyrics", maxLyrics, "at least 0");
        require(maxName >= 1, "maxName", maxName, "at least 1");
        require(maxGenres >= 0, "maxGenres", maxGenres, "at least 0");
        require(maxParallelSegments >= 1, "maxParallelSegments", maxParallelSegments, "at least 1");
    }

    /** The same for an installation that calls nobody. */
    public Limits(double maxSeconds, int maxLyrics, int maxName, int maxGenres, int maxParallelSegments) {
        this(maxSeconds, maxLyrics, maxName, maxGenres, maxParallelSegments, CallbackRules.NONE);
    }

    /** The same with other callbacks. */
    public Limits with(CallbackRules others) {
        return new Limits(maxSeconds, maxLyrics, maxName, maxGenres, maxParallelSegments, others);
    }

    private static void require(boolean holds, String field, Number value, String limit) {
        if (!holds) {
            throw new IllegalArgumentException(
                    "limit " + field + " is " + value + " but must be " + limit + "; choose another");
        }
    }
}
