package dev.segue.worker.training;

import java.util.random.RandomGenerator;

/**
 * Which rows of a batch may restart unused codebook entries, one per entry, in random order (specification §2.5).
 * Randomness comes in here and nowhere else.
 */
public final class Restarts {
    private final long[] picks;
    private final float[] noise;

    private Restarts(long[] picks, float[] noise) {
        this.picks = picks;
        this.noise = noise;
    }

    /** Per entry a row; those beyond the batch's last row begin again at its first. */
    public long[] picks() {
        return picks.clone();
    }

    /** What is added to each, entries × embedding values, row-major. */
    public float[] noise() {
        return noise.clone();
    }

    /** The first rows as they are: what is left of the draw without randomness. */
    public static Restarts inOrder(int entries, int embedding) {
        long[] picks = new long[entries];
        for (int i = 0; i < entries; i++) {
            picks[i] = i;
        }
        return new Restarts(picks, new float[entries * embedding]);
    }

    /**
     * Rows drawn without replacement. A batch with fewer rows than there are entries is repeated ⌈entries / rows⌉ times
     * and gets Gaussian noise of standard deviation 0.01 / √embedding.
     */
    public static Restarts draw(RandomGenerator random, int rows, int entries, int embedding) {
        int repeated = rows >= entries ? rows : rows * ((entries + rows - 1) / rows);
        long[] all = new long[repeated];
        for (int i = 0; i < repeated; i++) {
            all[i] = i;
        }
        long[] picks = new long[entries];
        for (int i = 0; i < entries; i++) {
            int other = i + random.nextInt(repeated - i);
            picks[i] = all[other];
            all[other] = all[i];
        }
        float[] noise = new float[entries * embedding];
        if (rows < entries) {
            double deviation = 0.01 / Math.sqrt(embedding);
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) (random.nextGaussian() * deviation);
            }
        }
        return new Restarts(picks, noise);
    }
}
