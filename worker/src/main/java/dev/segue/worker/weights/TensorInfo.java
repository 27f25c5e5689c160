package dev.segue.worker.weights;

import java.util.List;

/**
 * One tensor of a weights file.
 *
 * @param name its name in the state dict
 * @param type element type
 * @param shape lengths of its axes, row-major; empty for a scalar
 * @param position first byte of its data in the file
 */
public record TensorInfo(String name, TensorType type, List<Long> shape, long position) {

    public TensorInfo {
        shape = List.copyOf(shape);
    }

    /** Number of elements. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** Bytes of its data. */
    public long bytes() {
        return Math.multiplyExact(elements(), type.bytes());
    }
}
