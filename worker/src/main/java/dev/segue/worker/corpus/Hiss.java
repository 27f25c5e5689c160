package dev.segue.worker.corpus;

/** Noise around one frequency: drawn numbers through a resonance of two poles. Owned by one thread. */
final class Hiss {
    private final int sampleRate;
    private long state;
    private double feedback1;
    private double feedback2;
    private double gain;
    private double last;
    private double beforeLast;

    Hiss(int sampleRate, long seed) {
        this.sampleRate = sampleRate;
        this.state = seed;
    }

    /** Moves the resonance, kept below the highest frequency that there is; loudness stays about the same. */
    void tune(double centre, double width) {
        double highest = Math.min(centre, 0.45 * sampleRate);
        double radius = StrictMath.exp(-StrictMath.PI * width / sampleRate);
        double angle = 2 * StrictMath.PI * highest / sampleRate;
        feedback1 = 2 * radius * StrictMath.cos(angle);
        feedback2 = -radius * radius;
        gain = (1 - radius) * 2 * StrictMath.sqrt(sampleRate / (4 * width));
    }

    double next() {
        // Xorshift: Random would cost more than everything else that a sample of noise needs.
        state ^= state << 13;
        state ^= state >>> 7;
        state ^= state << 17;
        double drawn = (state >> 11) * 0x1.0p-52;
        double value = gain * drawn + feedback1 * last + feedback2 * beforeLast;
        beforeLast = last;
        last = value;
        return value;
    }
}
