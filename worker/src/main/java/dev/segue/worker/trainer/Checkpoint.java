package dev.segue.worker.trainer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.segue.worker.weights.Mapping;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.SafetensorsWriter;
import dev.segue.worker.weights.TensorInfo;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All that a run continues from, in one safetensors file that is replaced in one step: the state of the learner in
 * float32, how many steps it took and in how many seconds, and a digest of what it was trained by.
 *
 * @param steps that were taken
 * @param seconds that they took
 */
record Checkpoint(long steps, double seconds) {
    private static final String STEPS = "segue.steps";
    private static final String MILLISECONDS = "segue.milliseconds";
    private static final String DIGEST = "segue.digest";

    /** Writes the state, replacing an older one. */
    void write(Path file, String digest, Map<String, NDArray> state) throws IOException {
        List<TensorSpec> specs = new ArrayList<>();
        specs.add(new TensorSpec(STEPS, TensorType.I64, List.of(1L)));
        specs.add(new TensorSpec(MILLISECONDS, TensorType.I64, List.of(1L)));
        specs.add(new TensorSpec(DIGEST, TensorType.U8, List.of((long) digest.length())));
        state.forEach((name, value) -> specs.add(new TensorSpec(name, TensorType.F32, shape(value))));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, specs)) {
            writer.write(STEPS, eight(steps));
            writer.write(MILLISECONDS, eight(Math.round(seconds * 1000)));
            writer.write(DIGEST, ByteBuffer.wrap(digest.getBytes(StandardCharsets.US_ASCII)));
            for (Map.Entry<String, NDArray> value : state.entrySet()) {
                writer.write(value.getKey(), value.getValue().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN));
            }
            writer.commit();
        }
    }

    private static List<Long> shape(NDArray value) {
        List<Long> shape = new ArrayList<>();
        for (long length : value.getShape().getShape()) {
            shape.add(length);
        }
        return shape;
    }

    private static ByteBuffer eight(long number) {
        return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(0, number);
    }

    /**
     * Writes what a file holds into a learner's state.
     *
     * @throws IllegalArgumentException if it is of another run
     */
    static Checkpoint read(Path file, String digest, Map<String, NDArray> state, NDManager manager) throws IOException {
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            if (!tensors.tensors().containsKey(DIGEST)
                    || !StandardCharsets.US_ASCII
                            .decode(tensors.map(DIGEST))
                            .toString()
                            .equals(digest)) {
                throw new IllegalArgumentException(file
                        + " is a checkpoint of another run: recipe, songs or an earlier part of the model have changed;"
                        + " train into another folder, or delete this file to begin anew");
            }
            for (Map.Entry<String, NDArray> value : state.entrySet()) {
                restore(file, tensors, value.getKey(), value.getValue(), manager);
            }
            return new Checkpoint(
                    tensors.map(STEPS).getLong(), tensors.map(MILLISECONDS).getLong() / 1000.0);
        }
    }

    private static void restore(Path file, SafetensorsFile tensors, String name, NDArray value, NDManager manager)
            throws IOException {
        TensorInfo info = tensors.tensors().get(name);
        if (info == null || !info.shape().equals(shape(value)) || info.type() != TensorType.F32) {
            throw new IllegalArgumentException(file + " has no float32 tensor " + name + " of shape " + value.getShape()
                    + "; it was written by another version: delete it to begin anew");
        }
        try (Mapping mapping = tensors.mapping(name);
                NDArray kept = manager.create(mapping.data(), value.getShape(), DataType.FLOAT32)) {
            kept.copyTo(value);
        }
    }

    /** How many steps were taken before; 0 if there is no checkpoint. */
    static long steps(Path file) throws IOException {
        if (!Files.exists(file)) {
            return 0;
        }
        try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
            return tensors.map(STEPS).getLong();
        }
    }
}
