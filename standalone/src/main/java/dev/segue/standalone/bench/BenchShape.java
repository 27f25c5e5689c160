package dev.segue.standalone.bench;

import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.worker.jukebox.Precision;
import java.util.List;

/**
 * A prior to be timed: top-level, unlabelled, attention order 2, as bare as the original can be built too.
 *
 * @param name what the report calls it
 * @param width channels
 * @param depth blocks
 * @param context codes in a window
 * @param blocks blocks of the factored attention
 */
record BenchShape(String name, int width, int depth, int context, int blocks) {
    static final List<BenchShape> ALL = List.of(
            new BenchShape("a", 128, 4, 1024, 16),
            new BenchShape("b", 512, 12, 1024, 16),
            new BenchShape("c", 1920, 4, 8192, 128));

    static final int CODES = 2048;
    private static final int SAMPLE_RATE = 44_100;

    static BenchShape named(String name) {
        return ALL.stream()
                .filter(shape -> shape.name.equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("--shapes has " + name + " but must be some of a, b, c"));
    }

    PriorShape prior() {
        return new PriorShape(
                2,
                context,
                CODES,
                new TransformerShape(width, depth, 1, 2, blocks, 0.25, 1, 1),
                false,
                null,
                null,
                null,
                null,
                false,
                SAMPLE_RATE);
    }

    /** Weights of all linear maps that a step multiplies by, but the output matrix. */
    long linearWeights() {
        return (long) depth * width * width * 3;
    }

    /**
     * Bytes that a step cannot but read: linear weights and the output matrix in their type, and for every slot the keys
     * and values that it attends to.
     */
    double bytesPerStep(Precision precision, int slots) {
        double weights = (linearWeights() + (double) CODES * width) * precision.weightBytes();
        int block = context / blocks;
        double rowsOfThreeLayers = block + blocks + block;
        double attended = depth / 3.0 * rowsOfThreeLayers * 2 * (width / 4.0) * 4;
        return weights + slots * attended;
    }

    /** Operations of a step's products with weights. */
    double operationsPerStep(int slots) {
        return 2.0 * slots * (linearWeights() + (double) CODES * width);
    }
}
