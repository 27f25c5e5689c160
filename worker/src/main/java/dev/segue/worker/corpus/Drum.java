package dev.segue.worker.corpus;

/**
 * A soft drum. A stroke is always the same wave, noise included, and holds little above 5 kHz, so that few codes can
 * learn it.
 */
enum Drum {
    /** A falling sine. */
    KICK(120, 46, 0.035, 0.11, 1, 0, 0, 0, 0),
    /** A skin with a rattle. */
    SNARE(190, 170, 0.05, 0.07, 0.5, 1700, 900, 0.075, 0.55),
    /** Two hands. */
    CLAP(0, 0, 1, 1, 0, 1250, 500, 0.06, 0.9),
    /** Closed cymbals, far away. */
    HAT(0, 0, 1, 1, 0, 4600, 900, 0.022, 0.7);

    private static final double LONGEST = 0.4;
    private static final long NOISE_SEED = 0xD12011L;

    private final double highest;
    private final double lowest;
    private final double fall;
    private final double toneDecay;
    private final double tone;
    private final double centre;
    private final double width;
    private final double noiseDecay;
    private final double noise;

    Drum(
            double highest,
            double lowest,
            double fall,
            double toneDecay,
            double tone,
            double centre,
            double width,
            double noiseDecay,
            double noise) {
        this.highest = highest;
        this.lowest = lowest;
        this.fall = fall;
        this.toneDecay = toneDecay;
        this.tone = tone;
        this.centre = centre;
        this.width = width;
        this.noiseDecay = noiseDecay;
        this.noise = noise;
    }

    /**
     * One stroke.
     *
     * @param start in seconds
     */
    record Stroke(Drum drum, double start, double loudness) {}

    /** The samples of one stroke. */
    float[] wave(int sampleRate) {
        float[] wave = new float[(int) (LONGEST * sampleRate)];
        Hiss hiss = new Hiss(sampleRate, NOISE_SEED);
        if (noise > 0) {
            hiss.tune(centre, width);
        }
        int phase = 0;
        for (int i = 0; i < wave.length; i++) {
            double time = i / (double) sampleRate;
            double rising = Math.min(1, time / 0.002);
            double ending = Math.min(1, (LONGEST - time) / 0.02);
            double sum = 0;
            if (tone > 0) {
                phase += Sines.step(lowest + (highest - lowest) * StrictMath.exp(-time / fall), sampleRate);
                sum += tone * Sines.sine(phase) * StrictMath.exp(-time / toneDecay);
            }
            if (noise > 0) {
                sum += noise * hiss.next() * StrictMath.exp(-time / noiseDecay);
            }
            wave[i] = (float) (sum * rising * ending);
        }
        return wave;
    }
}
