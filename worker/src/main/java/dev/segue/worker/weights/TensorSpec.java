package dev.segue.worker.weights;

import java.util.List;
import java.util.Objects;

/**
 * A tensor that is to be written.
 *
 * @param name its name in the state dict
 * @param type element type
 * @param shape lengths of its axes, row-major; empty for a scalar
 */
public record TensorSpec(String name, TensorType type, List<Long> shape) {

    public TensorSpec {
        Objects.requireNonNull(name, "name is null");
        Objects.requireNonNull(type, "type is null");
        shape = List.copyOf(shape);
    }

    /** The tensor with its data at byte {@code position} of a file. */
    TensorInfo at(long position) {
        return new TensorInfo(name, type, shape, position);
    }
}
