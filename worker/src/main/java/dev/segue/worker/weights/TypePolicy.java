package dev.segue.worker.weights;

import java.util.Objects;
import java.util.Optional;

/**
 * Which element types an import writes. Integers keep theirs; floating-point tensors become float32, as the original
 * has them, except the linear weights (names ending in {@code .w}), of which the large models keep only half precision.
 *
 * @param linear type of the linear weights; empty to keep what the checkpoint has
 */
public record TypePolicy(Optional<TensorType> linear) {
    private static final String LINEAR_SUFFIX = ".w";

    public TypePolicy {
        Objects.requireNonNull(linear, "linear is null");
        if (linear.isPresent() && !linear.get().floating()) {
            throw new IllegalArgumentException(
                    "linear weights cannot be " + linear.get() + "; choose F32, F16 or BF16");
        }
    }

    /** Linear weights as the checkpoint has them. */
    public static TypePolicy asStored() {
        return new TypePolicy(Optional.empty());
    }

    /** Linear weights as {@code type}. */
    public static TypePolicy linear(TensorType type) {
        return new TypePolicy(Optional.of(type));
    }

    /** The type that the tensor {@code name} is written in. */
    TensorType of(String name, TensorType stored) {
        if (!stored.floating()) {
            return stored;
        }
        return name.endsWith(LINEAR_SUFFIX) ? linear.orElse(stored) : TensorType.F32;
    }
}
