package dev.segue.worker.plots;

/** Frequency as ears measure it: nearly even below 1 kHz, even per octave above. */
final class MelScale {
    private static final double CORNER = 700;
    private static final double SCALE = 1127;

    private MelScale() {}

    static double of(double hertz) {
        return SCALE * Math.log1p(hertz / CORNER);
    }

    static double hertz(double mel) {
        return CORNER * Math.expm1(mel / SCALE);
    }
}
