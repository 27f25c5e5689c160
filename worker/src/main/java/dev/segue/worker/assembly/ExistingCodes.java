package dev.segue.worker.assembly;

import dev.segue.contracts.record.CodeBytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Codes that a song begins with, two bytes each: at most 9 MB for ten minutes at every level.
 *
 * @param levels by number, the finest first; little-endian unsigned 16-bit
 */
record ExistingCodes(List<ByteBuffer> levels) {
    private static final ByteBuffer NONE = ByteBuffer.allocate(0);

    ExistingCodes {
        levels = levels.stream().map(ByteBuffer::asReadOnlyBuffer).toList();
    }

    /** A song of which nothing exists. */
    static ExistingCodes none(int levels) {
        return new ExistingCodes(Collections.nCopies(levels, NONE));
    }

    /** How many there are of a level. */
    int length(int level) {
        return CodeBytes.count(levels.get(level));
    }

    /** How many there are by level. */
    List<Integer> lengths() {
        return levels.stream().map(CodeBytes::count).toList();
    }

    /** Some of a level. */
    ByteBuffer range(int level, int from, int to) {
        return levels.get(level).slice(from * CodeBytes.WIDTH, (to - from) * CodeBytes.WIDTH);
    }

    /** Those of levels from {@code finest} up. */
    ExistingCodes from(int finest) {
        List<ByteBuffer> kept = new ArrayList<>(levels);
        for (int level = 0; level < finest; level++) {
            kept.set(level, NONE);
        }
        return new ExistingCodes(kept);
    }

    /** The first {@code codes} of the top level, and nothing of finer ones. */
    ExistingCodes topOnly(int codes) {
        int top = levels.size() - 1;
        List<ByteBuffer> kept = new ArrayList<>(Collections.nCopies(levels.size(), NONE));
        kept.set(top, range(top, 0, codes));
        return new ExistingCodes(kept);
    }
}
