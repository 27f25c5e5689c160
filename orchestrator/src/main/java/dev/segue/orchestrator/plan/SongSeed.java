package dev.segue.orchestrator.plan;

import dev.segue.contracts.record.SongRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a song's codes are drawn with. */
public final class SongSeed {
    private SongSeed() {}

    /** The request's seed, or the first eight bytes of the SHA-256 of its song id, the highest first: it never changes. */
    public static long of(SongRequest request) {
        if (request.getSeed() != null) {
            return request.getSeed();
        }
        byte[] digest = Sha256.digest().digest(request.getSongId().getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong();
    }
}
