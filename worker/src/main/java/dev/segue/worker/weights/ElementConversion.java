package dev.segue.worker.weights;

import java.nio.ByteBuffer;

/** Converts runs of floating-point elements from one type to another, rounding to nearest, ties to even. */
final class ElementConversion {
    private ElementConversion() {}

    /** Whether {@code from} can become {@code to}: the same type, or both of them floating-point. */
    static boolean possible(TensorType from, TensorType to) {
        return from == to || (from.floating() && to.floating());
    }

    /** Converts all elements of {@code in}, appending them to {@code out}; both little-endian. */
    static void convert(ByteBuffer in, TensorType from, ByteBuffer out, TensorType to) {
        if (from == to) {
            out.put(in);
            return;
        }
        while (in.hasRemaining()) {
            if (from == TensorType.F64 && to != TensorType.F64) {
                put(out, to, narrowed(in.getDouble(), to));
            } else {
                put(out, to, get(in, from));
            }
        }
    }

    private static float get(ByteBuffer in, TensorType type) {
        return switch (type) {
            case F32 -> in.getFloat();
            case F16 -> HalfFloat.toFloat(in.getShort());
            case BF16 -> Float.intBitsToFloat(in.getShort() << 16);
            default -> throw new IllegalArgumentException(type + " is not a floating-point type");
        };
    }

    private static void put(ByteBuffer out, TensorType type, float value) {
        switch (type) {
            case F64 -> out.putDouble(value);
            case F32 -> out.putFloat(value);
            case F16 -> out.putShort(HalfFloat.fromFloat(value));
            case BF16 -> out.putShort(HalfFloat.toBrain(value));
            default -> throw new IllegalArgumentException(type + " is not a floating-point type");
        }
    }

    /**
     * The double as float, such that rounding the float once more to a half type gives what rounding the double itself
     * would: round to odd keeps the fact that something was cut off.
     */
    private static float narrowed(double value, TensorType to) {
        float nearest = (float) value;
        if (to == TensorType.F32 || nearest == value || !Float.isFinite(nearest)) {
            return nearest;
        }
        float towardsZero = Math.abs(nearest) > Math.abs(value)
                ? Float.intBitsToFloat(Float.floatToRawIntBits(nearest) - 1)
                : nearest;
        return Float.intBitsToFloat(Float.floatToRawIntBits(towardsZero) | 1);
    }
}
