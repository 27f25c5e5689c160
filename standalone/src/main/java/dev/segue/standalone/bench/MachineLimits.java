package dev.segue.standalone.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.worker.torch.ScriptModule;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * What this machine can do at best with the threads that are set: the two rates that bound every step.
 *
 * @param bandwidth bytes read from memory per second
 * @param float32 float32 operations per second in a product of matrices
 * @param bfloat16 the same with bfloat16 factors
 */
public record MachineLimits(double bandwidth, double float32, double bfloat16) {
    private static final int ROUNDS = 7;
    private static final long FLOATS = 1L << 27;
    private static final int SIDE = 2048;
    private static final long FLOAT32 = 6;
    private static final long BFLOAT16 = 15;

    /** Measures: medians of {@value #ROUNDS} rounds over half a gigabyte, and over matrices of 2048 by 2048. */
    static MachineLimits measure(Device device) {
        try (ScriptModule script = ScriptModule.load(device, MachineLimits.class, List.of("Limits"), Map.of())) {
            double read = median(script, "read", FLOATS, 4.0 * FLOATS);
            double operations = 2.0 * SIDE * SIDE * SIDE;
            return new MachineLimits(
                    read,
                    median(script, "multiply32", SIDE, operations),
                    median(script, "multiply16", SIDE, operations));
        }
    }

    /** The rate for linear maps of a precision. */
    double matrixRate(boolean half) {
        return half ? bfloat16 : float32;
    }

    private static double median(ScriptModule script, String method, long size, double work) {
        try (NDManager manager = script.newManager()) {
            var prepared = script.tensors(
                    manager,
                    "prepare",
                    manager.zeros(new Shape(1)),
                    size,
                    method.equals("read"),
                    method.equals("multiply16") ? BFLOAT16 : FLOAT32);
            double[] rates = new double[ROUNDS];
            for (int round = -1; round < ROUNDS; round++) {
                long start = System.nanoTime();
                script.tensor(manager, method.equals("read") ? "read" : "multiply", prepared.get(0), prepared.get(1))
                        .toFloatArray();
                if (round >= 0) {
                    rates[round] = work / ((System.nanoTime() - start) / 1e9);
                }
            }
            return DoubleStream.of(rates).sorted().toArray()[ROUNDS / 2];
        }
    }
}
