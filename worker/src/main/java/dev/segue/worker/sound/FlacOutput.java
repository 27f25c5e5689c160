package dev.segue.worker.sound;

import java.util.Arrays;

/** The bits of one FLAC frame or metadata block, most significant first. Owned by one thread. */
final class FlacOutput {
    private byte[] bytes = new byte[1 << 14];
    private int length;
    private long window;
    private int bits;

    /** Adds the lowest {@code count} bits of {@code value}, at most 40. */
    void put(int count, long value) {
        window = (window << count) | (value & ((1L << count) - 1));
        bits += count;
        while (bits >= Byte.SIZE) {
            bits -= Byte.SIZE;
            add((byte) (window >>> bits));
        }
    }

    /** Adds so many zeros and a one. */
    void putUnary(long zeros) {
        for (long left = zeros; left > 0; left -= Math.min(32, left)) {
            put((int) Math.min(32, left), 0);
        }
        put(1, 1);
    }

    /** Adds whole bytes; none must be begun. */
    void put(byte[] more) {
        for (byte value : more) {
            put(Byte.SIZE, value);
        }
    }

    /** Fills the last byte with zeros. */
    void align() {
        if (bits > 0) {
            put(Byte.SIZE - bits, 0);
        }
    }

    private void add(byte value) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = value;
    }

    int crc8() {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc = FlacChecksums.crc8(crc, bytes[i] & 0xFF);
        }
        return crc;
    }

    int crc16() {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc = FlacChecksums.crc16(crc, bytes[i] & 0xFF);
        }
        return crc;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }
}
