package dev.segue.worker.weights;

/**
 * Half-precision numbers as their bits: binary16 (5 bits of exponent, 10 of fraction) and bfloat16 (the upper half of a
 * float). Release 20 of Java has the first; the sources are compiled for 17.
 */
public final class HalfFloat {
    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7c00;
    private static final int QUIET = 0x0200;

    private HalfFloat() {}

    /** The float of a binary16 number; exact. */
    public static float toFloat(short half) {
        int bits = Short.toUnsignedInt(half);
        int sign = (bits & SIGN) << 16;
        int magnitude = bits & 0x7fff;
        if (magnitude >= INFINITY) {
            return Float.intBitsToFloat(sign | 0x7f80_0000 | (magnitude & 0x3ff) << 13);
        }
        if (magnitude >= 0x0400) {
            return Float.intBitsToFloat(sign | (magnitude << 13) + (112 << 23));
        }
        float subnormal = magnitude * 0x1p-24f;
        return sign == 0 ? subnormal : -subnormal;
    }

    /** The nearest binary16 number, ties to even; beyond 65504 infinity. */
    public static short fromFloat(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = bits >>> 16 & SIGN;
        int magnitude = bits & 0x7fff_ffff;
        if (magnitude > 0x7f80_0000) {
            return (short) (sign | INFINITY | QUIET | (magnitude >>> 13 & 0x3ff));
        }
        if (magnitude >= 0x4780_0000) { // from 65536 on
            return (short) (sign | INFINITY);
        }
        if (magnitude < 0x3880_0000) { // below the smallest normal number: the unit is 2^-24
            return (short) (sign | (int) Math.rint(Math.scalb(Math.abs(value), 24)));
        }
        int rebased = magnitude - (112 << 23);
        int tie = 0x0fff + (rebased >>> 13 & 1);
        return (short) (sign | ((rebased + tie) >>> 13));
    }

    /** The nearest bfloat16 number, ties to even. */
    public static short toBrain(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) (bits >>> 16 | 0x40);
        }
        return (short) ((bits + 0x7fff + (bits >>> 16 & 1)) >>> 16);
    }
}
