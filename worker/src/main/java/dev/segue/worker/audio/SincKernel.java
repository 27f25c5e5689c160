package dev.segue.worker.audio;

/**
 * A low-pass filter of infinite resolution in time: a sinc under a Kaiser window, tabulated. Distances are in samples of
 * the lower of two rates; the pass band ends at {@link #PASS} of its Nyquist frequency, the stop band begins at that
 * frequency. Immutable.
 */
final class SincKernel {
    /** End of the pass band, relative to the lower rate's Nyquist frequency. */
    static final double PASS = 0.92;

    private static final double STOP_BAND_DECIBELS = 120;
    /** Entries per sample; linear interpolation between them is 150 dB below the kernel's peak. */
    private static final int RESOLUTION = 4096;
    /** Kaiser's estimate of the length that a stop band and a transition take. */
    static final int HALF_WIDTH = (int) Math.ceil((STOP_BAND_DECIBELS - 7.95) / (14.36 * (1 - PASS) / 2) / 2);

    private static final double BETA = 0.1102 * (STOP_BAND_DECIBELS - 8.7);
    private static final double CUTOFF = (1 + PASS) / 2;

    private final double[] table = new double[HALF_WIDTH * RESOLUTION + 2];

    SincKernel() {
        double edge = bessel(BETA);
        for (int i = 0; i < HALF_WIDTH * RESOLUTION; i++) {
            double distance = (double) i / RESOLUTION;
            double inside = distance / HALF_WIDTH;
            table[i] = sinc(CUTOFF * distance) * bessel(BETA * Math.sqrt(1 - inside * inside)) / edge;
        }
    }

    /** The filter's value at a distance; 0 beyond {@link #HALF_WIDTH}. */
    double at(double distance) {
        double position = Math.abs(distance) * RESOLUTION;
        if (position >= HALF_WIDTH * RESOLUTION) {
            return 0;
        }
        int index = (int) position;
        return table[index] + (position - index) * (table[index + 1] - table[index]);
    }

    // The strict functions, so that a sound gives the same samples on every machine.
    private static double sinc(double x) {
        return x == 0 ? 1 : StrictMath.sin(Math.PI * x) / (Math.PI * x);
    }

    /** The modified Bessel function of the first kind and order 0, by its series. */
    private static double bessel(double x) {
        double sum = 1;
        double term = 1;
        for (int k = 1; term > 1e-18 * sum; k++) {
            term *= x / (2 * k) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }
}
