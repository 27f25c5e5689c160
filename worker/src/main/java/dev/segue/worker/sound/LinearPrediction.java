package dev.segue.worker.sound;

/**
 * Coefficients that foretell a sample from those before it, by the autocorrelation of a windowed block and Levinson's and
 * Durbin's recursion, as integers. Arithmetic that gives the same bytes on every machine.
 *
 * @param coefficients of the last sample, the one before, ...
 * @param shift by which their sum of products is shifted to the right
 */
@SuppressWarnings("ArrayRecordComponent")
record LinearPrediction(long[] coefficients, int shift) {
    /** Bits of a coefficient with its sign. */
    static final int PRECISION = 14;

    private static final int MOST_SHIFT = 15;

    /** Predictors of each order from 1 to {@code most}; fewer if the block is foretold wholly by fewer. */
    static LinearPrediction[] ofBlock(int[] samples, int count, int most) {
        double[] correlation = autocorrelation(samples, count, most);
        LinearPrediction[] predictors = new LinearPrediction[most];
        double[] taps = new double[most];
        double error = correlation[0];
        for (int order = 0; order < most && error > 0; order++) {
            double reflection = correlation[order + 1];
            for (int j = 0; j < order; j++) {
                reflection -= taps[j] * correlation[order - j];
            }
            reflection /= error;
            double[] before = taps.clone();
            taps[order] = reflection;
            for (int j = 0; j < order; j++) {
                taps[j] = before[j] - reflection * before[order - 1 - j];
            }
            error *= 1 - reflection * reflection;
            predictors[order] = quantised(taps, order + 1);
        }
        return predictors;
    }

    private static double[] autocorrelation(int[] samples, int count, int most) {
        double[] windowed = new double[count];
        for (int i = 0; i < count; i++) {
            // Welch's window: a parabola, which needs no function of the platform's.
            double x = (2.0 * i + 1 - count) / count;
            windowed[i] = samples[i] * (1 - x * x);
        }
        double[] correlation = new double[most + 1];
        for (int lag = 0; lag <= most; lag++) {
            for (int i = lag; i < count; i++) {
                correlation[lag] += windowed[i] * windowed[i - lag];
            }
        }
        return correlation;
    }

    private static LinearPrediction quantised(double[] taps, int order) {
        double largest = 0;
        for (int i = 0; i < order; i++) {
            largest = Math.max(largest, Math.abs(taps[i]));
        }
        int shift = PRECISION - 2 - Math.getExponent(largest);
        if (!(largest > 0) || shift < 0) {
            return null;
        }
        shift = Math.min(MOST_SHIFT, shift);
        long most = (1L << (PRECISION - 1)) - 1;
        long[] coefficients = new long[order];
        double carried = 0;
        for (int i = 0; i < order; i++) {
            double exact = taps[i] * (1L << shift) + carried;
            coefficients[i] = Math.max(-most - 1, Math.min(most, Math.round(exact)));
            carried = exact - coefficients[i];
        }
        return new LinearPrediction(coefficients, shift);
    }
}
