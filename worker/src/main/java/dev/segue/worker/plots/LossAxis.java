package dev.segue.worker.plots;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The axis that values are read at: by powers of ten where they fall to less than a tenth, even otherwise.
 *
 * @param low value at its lower end
 * @param high value at its upper end
 */
record LossAxis(boolean logarithmic, double low, double high) {
    /** Of the span, left free at either end. */
    private static final double MARGIN = 0.04;

    private static final double LEAST_RATIO = 10;

    /** What shows all values of these curves. */
    static LossAxis of(List<Curve> curves) {
        double low = values(curves).min().orElseThrow();
        double high = values(curves).max().orElseThrow();
        if (low > 0 && high / low >= LEAST_RATIO) {
            double margin = Math.pow(high / low, MARGIN);
            return new LossAxis(true, low / margin, high * margin);
        }
        double margin = high > low ? MARGIN * (high - low) : Math.max(Math.abs(high), 1) * MARGIN;
        return new LossAxis(false, low - margin, high + margin);
    }

    private static DoubleStream values(List<Curve> curves) {
        return curves.stream()
                .flatMapToDouble(curve -> DoubleStream.of(curve.values()))
                .filter(value -> !Double.isNaN(value));
    }
}
