package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.worker.weights.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Compares what Segue computes with what the original computed. */
public final class Tolerance {
    /** Latents, sound, conditioning, hidden states, logits, losses and codebooks. */
    public static final double TENSOR = 1e-5;

    /** Spectral losses. */
    public static final double SPECTRAL = 1e-4;

    /** Gradients, relative to each tensor's largest. */
    public static final double GRADIENT = 1e-4;

    private Tolerance() {}

    /** One tensor of a fixture: F32, F64, F16 and I64 as they are, I16 and I32 as int64. */
    public static NDArray tensor(NDManager manager, SafetensorsFile file, String name) {
        var info = file.tensors().get(name);
        if (info == null) {
            throw new IllegalArgumentException(file.path() + " has no tensor " + name);
        }
        Shape shape = new Shape(info.shape().stream().mapToLong(n -> n).toArray());
        try {
            var data = file.map(name);
            return switch (info.type()) {
                case F32 -> manager.create(data, shape, DataType.FLOAT32);
                case F64 -> manager.create(data, shape, DataType.FLOAT64);
                case F16 -> manager.create(data, shape, DataType.FLOAT16);
                case I64 -> manager.create(data, shape, DataType.INT64);
                case I32 -> manager.create(data, shape, DataType.INT32).toType(DataType.INT64, true);
                case I16 -> {
                    long[] values = new long[Math.toIntExact(info.elements())];
                    for (int i = 0; i < values.length; i++) {
                        values[i] = data.getShort();
                    }
                    yield manager.create(values, shape);
                }
                default -> throw new IllegalArgumentException(name + " is " + info.type());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

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
