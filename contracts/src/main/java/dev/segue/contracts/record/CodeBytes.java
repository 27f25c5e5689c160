package dev.segue.contracts.record;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Codes as they cross topics and lie in files: little-endian unsigned 16-bit, in the order of time. */
public final class CodeBytes {
    /** Bytes of one code. */
    public static final int WIDTH = Short.BYTES;

    private static final int LARGEST = 0xFFFF;

    private CodeBytes() {}

    /**
     * Writes codes.
     *
     * @throws IllegalArgumentException if one of them does not fit 16 bits
     */
    public static ByteBuffer of(int... codes) {
        ByteBuffer bytes = ByteBuffer.allocate(codes.length * WIDTH).order(ByteOrder.LITTLE_ENDIAN);
        for (int code : codes) {
            if (code < 0 || code > LARGEST) {
                throw new IllegalArgumentException("code is " + code + " but must be from 0 to " + LARGEST);
            }
            bytes.putShort((short) code);
        }
        return bytes.flip().order(ByteOrder.BIG_ENDIAN);
    }

    /**
     * Reads codes; the buffer's position stays.
     *
     * @throws IllegalArgumentException if there is half a code
     */
    public static int[] read(ByteBuffer bytes) {
        ByteBuffer source = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        int[] codes = new int[count(bytes)];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = Short.toUnsignedInt(source.getShort());
        }
        return codes;
    }

    /**
     * How many codes there are.
     *
     * @throws IllegalArgumentException if there is half a code
     */
    public static int count(ByteBuffer bytes) {
        if (bytes.remaining() % WIDTH != 0) {
            throw new IllegalArgumentException(
                    "codes take " + bytes.remaining() + " bytes but must be whole codes of " + WIDTH + " bytes");
        }
        return bytes.remaining() / WIDTH;
    }
}
