package dev.segue.worker.sampling;

/**
 * Random numbers without a state: what is drawn for a code depends on the song's seed, the level and the code's place
 * in the song alone, so that a retry, another worker or other songs beside it draw the same.
 *
 * <p>Philox 4×32 with ten rounds: Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", 2011.
 */
public final class CounterRandom {
    private static final int ROUNDS = 10;
    private static final long MULTIPLIER_0 = 0xD2511F53L;
    private static final long MULTIPLIER_1 = 0xCD9E8D57L;
    private static final int WEYL_0 = 0x9E3779B9;
    private static final int WEYL_1 = 0xBB67AE85;
    private static final long LOW = 0xFFFFFFFFL;
    private static final float STEP = 0x1p-24f;

    private CounterRandom() {}

    /** A number of [0, 1), a multiple of 2⁻²⁴, for the code at {@code index} of a level of the song. */
    public static float uniform(long seed, int level, long index) {
        int[] counter = {(int) index, (int) (index >>> 32), level, 0};
        return (philox(counter, (int) seed, (int) (seed >>> 32))[0] >>> 8) * STEP;
    }

    /** Four random words from four words of counter and two of key. */
    static int[] philox(int[] counter, int key0, int key1) {
        int c0 = counter[0];
        int c1 = counter[1];
        int c2 = counter[2];
        int c3 = counter[3];
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & LOW);
            long product1 = MULTIPLIER_1 * (c2 & LOW);
            c0 = (int) (product1 >>> 32) ^ c1 ^ key0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ key1;
            c3 = (int) product0;
            key0 += WEYL_0;
            key1 += WEYL_1;
        }
        return new int[] {c0, c1, c2, c3};
    }
}
