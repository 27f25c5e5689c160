package dev.segue.orchestrator.plan;

import dev.segue.contracts.record.SongRequest;

/** What a song's codes are drawn with. */
public final class SongSeed {
    private SongSeed() {}

    /** The request's seed, or the first eight bytes of the SHA-256 of its song id, the highest first: it never changes. */
    public static long of(SongRequest request) {
        throw new UnsupportedOperationException();
    }
}
