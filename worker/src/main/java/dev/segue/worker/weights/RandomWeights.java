package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Writes weights of any shape with random values, to measure models of real size without the published files. The
 * values are a pure function of seed, tensor name and index, so the same call writes the same file anywhere.
 *
 * <p>A value is the sum of four uniform 16-bit numbers, scaled: bell-shaped, of exact variance, within 3.5 deviations,
 * and made from one multiplication-based hash, which is what keeps several gigabytes a matter of seconds.
 *
 * @param seed chooses the values
 * @param scale mean and deviation by tensor name
 */
public record RandomWeights(long seed, Function<String, Scale> scale) {
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;
    private static final float MEAN_OF_SUM = 2 * 65535f;
    // Four times the variance of a uniform number of 65536 steps, which is (65536² − 1) / 12.
    private static final float DEVIATION_OF_SUM = (float) Math.sqrt((65536.0 * 65536.0 - 1) / 3);

    public RandomWeights {
        Objects.requireNonNull(scale, "scale is null");
    }

    /** Mean and standard deviation of a tensor's values. */
    public record Scale(float mean, float deviation) {}

    /**
     * Writes {@code tensors} to {@code target}.
     *
     * @throws IllegalArgumentException if one of them is of an integer type
     * @throws WeightsException.NotWritable if the folder cannot take the file
     */
    public void write(Path target, Collection<TensorSpec> tensors) throws IOException {
        for (TensorSpec tensor : tensors) {
            if (!tensor.type().floating()) {
                throw new IllegalArgumentException(
                        "tensor " + tensor.name() + " is " + tensor.type() + "; random weights are F32, F16 or BF16");
            }
        }
        ByteBuffer piece = ByteBuffer.allocateDirect(FileBytes.CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        try (SafetensorsWriter writer = SafetensorsWriter.create(target, tensors)) {
            for (TensorSpec tensor : tensors) {
                long elements = tensor.at(0).elements();
                int perPiece = FileBytes.CHUNK / tensor.type().bytes();
                for (long first = 0; first < elements; first += perPiece) {
                    piece.clear();
                    fill(piece, tensor, first, (int) Math.min(perPiece, elements - first));
                    writer.write(tensor.name(), piece.flip());
                }
            }
            writer.commit();
        }
    }

    /** Writes tensors of {@code shapes}, linear weights as {@code types} has them and all others as float32. */
    public void write(Path target, Map<String, List<Long>> shapes, TypePolicy types) throws IOException {
        List<TensorSpec> tensors = new ArrayList<>();
        shapes.forEach((name, shape) -> tensors.add(new TensorSpec(name, types.of(name, TensorType.F32), shape)));
        write(target, tensors);
    }

    private void fill(ByteBuffer piece, TensorSpec tensor, long first, int count) {
        Scale chosen = scale.apply(tensor.name());
        float factor = chosen.deviation() / DEVIATION_OF_SUM;
        float mean = chosen.mean();
        long start = mix(seed + GOLDEN * hash(tensor.name())) + GOLDEN * first;
        for (int i = 0; i < count; i++) {
            float value = mean + factor * centred(mix(start + GOLDEN * i));
            switch (tensor.type()) {
                case F32 -> piece.putFloat(value);
                case BF16 -> piece.putShort(HalfFloat.toBrain(value));
                case F16 -> piece.putShort(HalfFloat.fromFloat(value));
                default -> piece.putDouble(value);
            }
        }
    }

    private static float centred(long bits) {
        long sum = (bits & 0xffff) + (bits >>> 16 & 0xffff) + (bits >>> 32 & 0xffff) + (bits >>> 48);
        return sum - MEAN_OF_SUM;
    }

    /** The finalizer of SplitMix64: every bit of the result depends on every bit given. */
    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xbf58_476d_1ce4_e5b9L;
        z = (z ^ z >>> 27) * 0x94d0_49bb_1331_11ebL;
        return z ^ z >>> 31;
    }

    private static long hash(String name) {
        long hash = 0;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = mix(hash * 31 + b);
        }
        return hash;
    }
}
