package dev.segue.worker.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
import java.util.Set;
import java.util.TreeSet;

/** Reads the tensors of a weights file, one after the other and without a copy on the heap. */
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

    /**
     * Puts every tensor of {@code expected}, in that order.
     *
     * @param manager of the device that the tensors are brought to
     * @throws IllegalArgumentException if the file lacks one, or has it in another shape or type than F32, F16 or BF16
     */
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

    /**
     * Float32 copies of every tensor of {@code expected}, in that order; they may be written to.
     *
     * @param owner frees them
     * @throws IllegalArgumentException if the file lacks a tensor, or has it in another shape or in bfloat16
     */
    public static NDList copies(SafetensorsFile file, Map<String, StateDict.Entry> expected, NDManager owner) {
        NDList copies = new NDList(expected.size());
        load(file, expected, owner, (name, value, bfloat16) -> copies.add(copy(owner, name, value, bfloat16)));
        return copies;
    }

    /**
     * A float32 copy of what a {@link Sink} is given; it may be written to.
     *
     * @param owner frees it
     * @throws IllegalArgumentException if it is bfloat16
     */
    public static NDArray copy(NDManager owner, String name, NDArray value, boolean bfloat16) {
        if (bfloat16) {
            throw new IllegalArgumentException(
                    name + " is bfloat16, which is too coarse here; take the float32 or float16 weights");
        }
        // A conversion to the same type shares the file's memory, whatever it is told; a duplicate does not.
        NDArray copy =
                value.getDataType() == DataType.FLOAT32 ? value.duplicate() : value.toType(DataType.FLOAT32, true);
        copy.attach(owner);
        return copy;
    }

    /**
     * Refuses a file with a tensor that is none of {@code expected}.
     *
     * @throws IllegalArgumentException if there is one
     */
    public static void refuseOthers(SafetensorsFile file, Map<String, StateDict.Entry> expected) {
        Set<String> unknown = new TreeSet<>(file.tensors().keySet());
        unknown.removeAll(expected.keySet());
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(file.path() + " has " + unknown.size()
                    + " tensors that are no part of the model, "
                    + unknown.iterator().next()
                    + " among them; use the shape it was trained with");
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
