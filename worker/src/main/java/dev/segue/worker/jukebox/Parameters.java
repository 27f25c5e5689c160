package dev.segue.worker.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.worker.weights.Mapping;
import dev.segue.worker.weights.SafetensorsFile;
import dev.segue.worker.weights.TensorInfo;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Hands the tensors of a weights file to a script, one after the other, without a copy on the heap. */
public final class Parameters {
    private Parameters() {}

    /** Receives one tensor, which is only valid during the call. */
    public interface Sink {
        /**
         * Takes it.
         *
         * @param name in the state dict
         * @param value float32 or float16
         * @param bfloat16 whether the bytes of {@code value} are bfloat16, a type that the engine's API lacks
         */
        void put(String name, NDArray value, boolean bfloat16);
    }

    /** Puts every tensor of {@code expected}, in that order; the file must have them all, and in their shapes. */
    public static void load(SafetensorsFile file, Map<String, StateDict.Entry> expected, NDManager manager, Sink sink) {
        for (Map.Entry<String, StateDict.Entry> entry : expected.entrySet()) {
            TensorInfo info = file.tensors().get(entry.getKey());
            if (info == null) {
                throw new IllegalArgumentException(
                        file.path() + " lacks the tensor " + entry.getKey() + "; import the model again");
            }
            if (!info.shape().equals(entry.getValue().shape())) {
                throw new IllegalArgumentException(file.path() + " has " + info.name() + " in shape " + info.shape()
                        + ", but the model card asks for " + entry.getValue().shape());
            }
            // Unmapped at once: what the script keeps, it has copied, and pages of the file would count as resident.
            try (Mapping mapping = file.mapping(info.name());
                    NDManager scratch = manager.newSubManager()) {
                sink.put(entry.getKey(), array(file, info, mapping, scratch), info.type() == TensorType.BF16);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static NDArray array(SafetensorsFile file, TensorInfo info, Mapping mapping, NDManager manager) {
        DataType type =
                switch (info.type()) {
                    case F32 -> DataType.FLOAT32;
                    case F16, BF16 -> DataType.FLOAT16;
                    default ->
                        throw new IllegalArgumentException(file.path() + " has " + info.name() + " as " + info.type()
                                + "; weights are F32, F16 or BF16");
                };
        Shape shape = new Shape(info.shape().stream().mapToLong(Long::longValue).toArray());
        return manager.create(mapping.data(), shape, type);
    }
}
