package dev.segue.worker.plots;

import dev.segue.worker.trainlog.TrainingLog.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One measure by step, as it is drawn: what is not finite is {@link Double#NaN}, a gap.
 *
 * @param steps rising
 * @param values as many
 */
record Curve(double[] steps, double[] values) {
    /** A smoothed curve averages this part of it. */
    private static final int PARTS = 40;

    private static final int MOST = 4000;

    /** What the events of a kind say of a measure. */
    static Curve of(List<Entry> entries, String kind, String name) {
        List<Entry> known = entries.stream()
                .filter(entry -> entry.kind().equals(kind) && entry.values().containsKey(name))
                .toList();
        return new Curve(
                known.stream().mapToDouble(Entry::step).toArray(),
                known.stream()
                        .mapToDouble(entry -> entry.values().get(name))
                        .map(value -> Double.isFinite(value) ? value : Double.NaN)
                        .toArray());
    }

    /** Whether there is nothing to draw. */
    boolean empty() {
        return Arrays.stream(values).allMatch(Double::isNaN);
    }

    /** So many of its points that a picture has no room for more. */
    Curve thinned() {
        int[] kept = kept();
        return new Curve(
                Arrays.stream(kept).mapToDouble(i -> steps[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> values[i]).toArray());
    }

    /** The same points as means of the values around them; of fewer at the beginning, where values fall fast. */
    Curve smoothed() {
        int reach = values.length / PARTS / 2;
        int[] kept = kept();
        return new Curve(
                Arrays.stream(kept).mapToDouble(i -> steps[i]).toArray(),
                Arrays.stream(kept).mapToDouble(i -> mean(i, reach)).toArray());
    }

    private double mean(int middle, int reach) {
        int from = middle - Math.min(reach, middle);
        int to = middle + Math.min(reach, Math.min(middle, values.length - 1 - middle));
        return Arrays.stream(values, from, to + 1)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(Double.NaN);
    }

    private int[] kept() {
        int stride = (values.length + MOST - 1) / MOST;
        return IntStream.range(0, values.length)
                .filter(i -> i % Math.max(1, stride) == 0 || i == values.length - 1)
                .toArray();
    }

    /** With gaps where a logarithmic axis has no place. */
    Curve positive() {
        return new Curve(
                steps,
                Arrays.stream(values)
                        .map(value -> value > 0 ? value : Double.NaN)
                        .toArray());
    }

    /** Without the lowest and the highest hundredth, which one bad step may have made. */
    Curve withoutOutliers() {
        double[] sorted = Arrays.stream(values)
                .filter(value -> !Double.isNaN(value))
                .sorted()
                .toArray();
        int cut = sorted.length / 100;
        double[] kept = Arrays.copyOfRange(sorted, cut, sorted.length - cut);
        return new Curve(new double[kept.length], kept);
    }
}
