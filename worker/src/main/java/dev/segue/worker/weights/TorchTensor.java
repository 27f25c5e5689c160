package dev.segue.worker.weights;

import java.nio.file.Path;
import java.util.List;

/**
 * A tensor of a checkpoint: a view of a storage. Offset and strides count elements.
 *
 * @param storage the elements it is a view of, which other tensors may share
 * @param offset first element
 * @param shape lengths of its axes
 * @param strides steps of its axes in the storage, from 0
 */
public record TorchTensor(TorchStorage storage, long offset, List<Long> shape, List<Long> strides) {
    private static final int MAX_AXES = 8;

    public TorchTensor {
        shape = List.copyOf(shape);
        strides = List.copyOf(strides);
    }

    /** A tensor that was checked to lie within its storage. */
    static TorchTensor checked(Path file, TorchStorage storage, long offset, List<Long> shape, List<Long> strides)
            throws WeightsException {
        TorchTensor tensor = new TorchTensor(storage, offset, shape, strides);
        if (shape.size() != strides.size() || shape.size() > MAX_AXES || !tensor.inside()) {
            throw new WeightsException.Malformed(
                    file,
                    "a tensor of shape %s, strides %s and offset %d does not fit storage %s of %d elements"
                            .formatted(shape, strides, offset, storage.key(), storage.elements()));
        }
        return tensor;
    }

    private boolean inside() {
        try {
            return offset <= storage.elements() && (elements() == 0 || lastElement() < storage.elements());
        } catch (ArithmeticException e) {
            return false;
        }
    }

    /** Number of elements. */
    public long elements() {
        return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** The last element of the storage that it touches, if it has any. */
    long lastElement() {
        long last = offset;
        for (int i = 0; i < shape.size(); i++) {
            last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
        }
        return last;
    }

    /** Whether its elements follow each other in the storage, row-major. */
    boolean contiguous() {
        long step = 1;
        for (int i = shape.size() - 1; i >= 0; i--) {
            if (shape.get(i) != 1 && strides.get(i) != step) {
                return elements() == 0;
            }
            step *= shape.get(i);
        }
        return true;
    }
}
