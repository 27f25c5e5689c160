package dev.segue.worker.audio;

/**
 * Bits of an integer sample, and how a float becomes one: clip(⌊x · 2^(bits − 1)⌋), as the original's writer does it for
 * 16 bits (specification §9.4). Since both depths round down, a 24-bit sample without its lowest byte is the 16-bit one.
 */
public enum SampleDepth {
    BITS_16(16),
    BITS_24(24);

    private final int bits;
    private final int least;
    private final double scale;

    SampleDepth(int bits) {
        this.bits = bits;
        this.least = -(1 << (bits - 1));
        this.scale = 1 << (bits - 1);
    }

    /** The depth of so many bits. */
    public static SampleDepth of(int bits) {
        for (SampleDepth depth : values()) {
            if (depth.bits == bits) {
                return depth;
            }
        }
        throw new IllegalArgumentException("a sample depth is " + bits + " bits, but only 16 and 24 are written");
    }

    /** Bits per sample. */
    public int bits() {
        return bits;
    }

    /** Bytes per sample. */
    public int bytes() {
        return bits / Byte.SIZE;
    }

    /** The integer of a sample of [−1, 1), clipped; one that is no number becomes silence. */
    public int quantise(float sample) {
        // Exact: a float times a power of two is a double without rounding.
        return (int) Math.max(least, Math.min(-least - 1.0, Math.floor(sample * scale)));
    }

    /** The integers of the first {@code length} samples. */
    public int[] quantise(float[] sound, int length) {
        int[] samples = new int[length];
        for (int i = 0; i < length; i++) {
            samples[i] = quantise(sound[i]);
        }
        return samples;
    }

    /**
     * A sample of this depth at another one that is no deeper.
     *
     * @throws IllegalArgumentException if that has more bits, which nobody knows
     */
    public int truncate(int sample, SampleDepth to) {
        if (to.bits > bits) {
            throw new IllegalArgumentException(
                    "a sample of " + bits + " bits cannot become one of " + to.bits + "; keep it at " + bits);
        }
        return sample >> (bits - to.bits);
    }
}
