package dev.segue.orchestrator.plan;

/**
 * What one request may ask of an installation, whatever the model can do.
 *
 * @param maxSeconds longest song
 * @param maxLyrics most characters of lyrics (UTF-16 units)
 * @param maxName most characters of an artist, a genre or a tenant
 * @param maxGenres most genres of one song
 * @param maxParallelSegments most segments that one song may be cut into
 */
public record Limits(double maxSeconds, int maxLyrics, int maxName, int maxGenres, int maxParallelSegments) {
    /**
     * What an installation allows unless told otherwise: 600 s, the longest song that the published models know; 20 000
     * characters of lyrics, which are 33 a second of that (fast rap has 25) and a record of at most 80 KB; 64 segments,
     * since a segment of 600 s is then 9.4 s long.
     */
    public static final Limits DEFAULT = new Limits(600, 20_000, 200, 16, 64);

    public Limits {
        if (!(maxSeconds > 0) || maxLyrics < 0 || maxName < 1 || maxGenres < 0 || maxParallelSegments < 1) {
            throw new IllegalArgumentException(
                    "limits are " + maxSeconds + " s, " + maxLyrics + " characters of lyrics, "
                            + maxName + " of a name, " + maxGenres + " genres and " + maxParallelSegments
                            + " segments, but lyrics and genres must be at least 0 and the others more; raise them");
        }
    }
}
