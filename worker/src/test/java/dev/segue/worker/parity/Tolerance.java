package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;

/** Compares what Segue computes with what the original computed. */
public final class Tolerance {
    /** Latents, sound, conditioning, hidden states, logits, losses and codebooks. */
    public static final double TENSOR = 1e-5;

    /** Spectral losses. */
    public static final double SPECTRAL = 1e-4;

    /** Gradients, relative to each tensor's largest. */
    public static final double GRADIENT = 1e-4;

    private Tolerance() {}

    /** Asserts that max|actual − expected| / max(1, max|expected|) is at most {@code tolerance}. */
    public static void assertClose(String what, NDArray actual, NDArray expected, double tolerance) {
        assertClose(what, actual, expected, tolerance, 1);
    }

    /** Asserts that max|actual − expected| / max|expected| is at most {@code tolerance}, as gradients ask for. */
    public static void assertCloseToItsLargest(String what, NDArray actual, NDArray expected, double tolerance) {
        assertClose(what, actual, expected, tolerance, Float.MIN_NORMAL);
    }

    private static void assertClose(String what, NDArray actual, NDArray expected, double tolerance, double least) {
        assertThat(actual.getShape()).as("shape of %s", what).isEqualTo(expected.getShape());
        double[] a = doubles(actual);
        double[] b = doubles(expected);
        double difference = 0;
        double largest = least;
        for (int i = 0; i < a.length; i++) {
            difference = Double.isNaN(a[i]) ? Double.NaN : Math.max(difference, Math.abs(a[i] - b[i]));
            largest = Math.max(largest, Math.abs(b[i]));
        }
        assertThat(difference / largest).as("relative error of %s", what).isLessThanOrEqualTo(tolerance);
    }

    /** Asserts that two numbers are as close as {@link #assertClose} asks of tensors. */
    public static void assertClose(String what, double actual, double expected, double tolerance) {
        assertThat(Math.abs(actual - expected) / Math.max(1, Math.abs(expected)))
                .as("relative error of %s, %s instead of %s", what, actual, expected)
                .isLessThanOrEqualTo(tolerance);
    }

    /** Asserts that two integer tensors, codes say, are the same. */
    public static void assertSame(String what, NDArray actual, NDArray expected) {
        assertThat(actual.getShape()).as("shape of %s", what).isEqualTo(expected.getShape());
        assertThat(actual.toLongArray()).as(what).isEqualTo(expected.toLongArray());
    }

    private static double[] doubles(NDArray array) {
        try (NDArray wide = array.toType(DataType.FLOAT64, true)) {
            return wide.toDoubleArray();
        }
    }
}
