package dev.segue.orchestrator.plan;

import dev.segue.contracts.record.SongRequest;

/** Tells whether two requests are the same. */
public final class RequestDigest {
    private RequestDigest() {}

    /**
     * SHA-256 of everything that a request asks for, 64 hexadecimal digits. Equal exactly if the requests are. Fields that
     * hold their default do not count, so that a new field of the schema changes no digest.
     */
    public static String of(SongRequest request) {
        throw new UnsupportedOperationException();
    }
}
