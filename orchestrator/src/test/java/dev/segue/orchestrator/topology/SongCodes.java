package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.CodeBytes;
import java.nio.ByteBuffer;

/** Codes of songs in tests: a function of song, level and place alone, so that any piece of them can be checked. */
final class SongCodes {
    private SongCodes() {}

    static int code(String songId, int level, int index, int codes) {
        long mixed = (songId.hashCode() * 31L + level) * 1_000_003L + index * 0x9E3779B97F4A7C15L;
        mixed ^= mixed >>> 29;
        return (int) Math.floorMod((mixed * 0xBF58476D1CE4E5B9L) >>> 17, (long) codes);
    }

    static ByteBuffer range(String songId, int level, int start, int end, int codes) {
        int[] range = new int[end - start];
        for (int i = 0; i < range.length; i++) {
            range[i] = code(songId, level, start + i, codes);
        }
        return CodeBytes.of(range);
    }

    /** Asserts that bytes are a song's codes from a place on. */
    static void assertAre(String songId, int level, int start, int codes, ByteBuffer bytes) {
        assertThat(bytes)
                .as("codes of %s at level %d from %d", songId, level, start)
                .isEqualTo(range(songId, level, start, start + CodeBytes.count(bytes), codes));
    }
}
