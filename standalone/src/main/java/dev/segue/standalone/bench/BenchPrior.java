package dev.segue.standalone.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Window;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.StateDict;
import dev.segue.worker.sampling.CounterRandom;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.WindowJob;
import dev.segue.worker.weights.RandomWeights;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** Priors with random weights, and windows to give them work. */
final class BenchPrior {
    private static final long SEED = 20_261_123;
    private static final long STRIDE = 7;
    private static final float LINEAR_DEVIATION = 0.05f;
    private static final float SMALL_DEVIATION = 0.02f;

    private BenchPrior() {}

    /**
     * Writes random weights for a prior, of a size at which its layers do something: layer norms keep activations near 1,
     * linear maps add to them.
     */
    static SafetensorsFile randomWeights(PriorShape shape, TensorType type, Path file) throws IOException {
        if (!Files.exists(file)) {
            List<TensorSpec> tensors = new ArrayList<>();
            for (Map.Entry<String, StateDict.Entry> entry : StateDict.of(shape).entrySet()) {
                tensors.add(
                        new TensorSpec(entry.getKey(), type, entry.getValue().shape()));
            }
            new RandomWeights(SEED, BenchPrior::scale).write(file, tensors);
        }
        return SafetensorsFile.open(file);
    }

    private static RandomWeights.Scale scale(String name) {
        if (name.matches(".*\\.ln(_\\d)?\\.weight|.*state_ln\\.weight")) {
            return new RandomWeights.Scale(1, SMALL_DEVIATION);
        }
        return new RandomWeights.Scale(0, name.endsWith(".w") ? LINEAR_DEVIATION : SMALL_DEVIATION);
    }

    /** A window that begins with {@code known} codes and writes the rest of its span. */
    static WindowJob job(PriorShape shape, int known, long seed) {
        int[] codes = new int[known];
        for (int i = 0; i < known; i++) {
            codes[i] = (int) (CounterRandom.uniform(seed, 0, i) * shape.codes());
        }
        CodeRange above = shape.conditioner() == null ? null : new CodeRange(0, codesAbove(shape));
        Window window = new Window(
                shape.level(),
                new CodeRange(0, shape.context()),
                new CodeRange(0, known),
                new CodeRange(known, shape.context()),
                above);
        return new WindowJob(
                window, labels(shape), codes, above == null ? null : new int[above.length()], Sampling.DEFAULT, seed);
    }

    private static int codesAbove(PriorShape shape) {
        return shape.context()
                / (int) Math.pow(
                        shape.conditioner().stride(), shape.conditioner().downs());
    }

    /** A label row for the beginning of a two-minute song. */
    private static long[] labels(PriorShape shape) {
        if (shape.labels() == null) {
            return null;
        }
        long[] y = new long[4 + shape.labels().maxGenreWords() + shape.lyricTokens()];
        y[0] = 120L * shape.sampleRate();
        y[2] = shape.context() * 128L;
        y[3] = 1;
        y[4] = 1;
        for (int i = 0; i < shape.lyricTokens(); i++) {
            y[y.length - shape.lyricTokens() + i] = 1 + i % 26;
        }
        return y;
    }

    /** Fills all slots of an engine with windows that begin with {@code known} codes. */
    static void fill(SlotEngine engine, int known) {
        for (int slot = 0; engine.freeSlots() > 0; slot++) {
            engine.join(job(engine.prior().shape(), known, slot));
        }
    }

    /** A sum over codes, to see that two runs drew the same. */
    static long checksum(List<SlotEngine.Written> written) {
        CRC32 crc = new CRC32();
        for (SlotEngine.Written slot : written) {
            for (int code : slot.codes()) {
                crc.update(code);
                crc.update(code >>> 8);
            }
        }
        return crc.getValue();
    }

    /** How far the logits of a precision are from those of the weights as published: max|a−b| / max(1, max|b|). */
    static double parityError(
            PriorShape shape, SafetensorsFile weights, Device device, Precision precision, int length) {
        float[] actual;
        float[] expected;
        try (Prior prior = Prior.forSampling(shape, weights, device, precision)) {
            actual = logits(prior, length);
        }
        try (Prior prior = Prior.asPublished(shape, weights, Device.cpu())) {
            expected = logits(prior, length);
        }
        double largest = 1;
        double difference = 0;
        for (int i = 0; i < actual.length; i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
        }
        return difference / largest;
    }

    /** Logits of a stream of 0, 7, 14 … modulo the number of codes, [length, V]. */
    static float[] logits(Prior prior, int length) {
        try (NDManager manager = prior.newManager()) {
            long[] symbols = new long[length];
            for (int i = 0; i < length; i++) {
                symbols[i] = i * STRIDE % prior.shape().codes();
            }
            NDArray stream = manager.create(symbols, new Shape(1, length));
            return prior.logits(
                            manager,
                            stream,
                            new Prior.Condition(
                                    prior.start(manager, 1), prior.noCondition(manager, 1), prior.noMemory(manager, 1)))
                    .toFloatArray();
        }
    }
}
