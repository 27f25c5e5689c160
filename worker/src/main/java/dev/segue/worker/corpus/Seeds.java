package dev.segue.worker.corpus;

import java.util.Random;

/** Numbers to draw from. */
final class Seeds {
    /** Numbers that every reader of JSON keeps whole. */
    private static final long MASK = (1L << 53) - 1;

    private Seeds() {}

    /** Of a song of a corpus. */
    static long ofSong(long seed, int song) {
        return scatter(scatter(seed) + song) & MASK;
    }

    /** Draws of a seed; neighbouring seeds begin alike in {@link Random}, so that their bits are mixed first. */
    static Random random(long seed) {
        return new Random(scatter(seed));
    }

    /** As SplitMix64 does. */
    private static long scatter(long seed) {
        long mixed = seed + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
