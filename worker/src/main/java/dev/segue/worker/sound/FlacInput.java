package dev.segue.worker.sound;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bits of a FLAC file, most significant first, with the two checksums of a frame (RFC 9639 §9.1.8, §9.3). Bytes are
 * taken one at a time as bits of them are needed, so that checksums cover exactly what was read. Owned by one thread.
 */
final class FlacInput implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long window;
    private int bits;
    private int crc8;
    private int crc16;

    FlacInput(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    SoundException.Damaged damaged(String what) {
        return new SoundException.Damaged(name, what);
    }

    /** Whether no byte is left. */
    boolean atEnd() throws IOException {
        if (position < limit) {
            return false;
        }
        limit = in.readNBytes(buffer, 0, buffer.length);
        position = 0;
        return limit == 0;
    }

    private int nextByte() throws IOException {
        if (atEnd()) {
            throw damaged("ends in the middle of a frame or of its header");
        }
        int value = buffer[position++] & 0xFF;
        crc8 = FlacChecksums.crc8(crc8, value);
        crc16 = FlacChecksums.crc16(crc16, value);
        return value;
    }

    /** The next {@code count} bits, at most 56, as an unsigned number. */
    long unsigned(int count) throws IOException {
        while (bits < count) {
            window = window << Byte.SIZE | nextByte();
            bits += Byte.SIZE;
        }
        bits -= count;
        return window >>> bits & ((1L << count) - 1);
    }

    /** The next {@code count} bits as a number in two's complement. */
    long signed(int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        return unsigned(count) << (Long.SIZE - count) >> (Long.SIZE - count);
    }

    /** How many zeros stand before the next one, which is read too. */
    long unary() throws IOException {
        long zeros = 0;
        while (true) {
            long rest = window & ((1L << bits) - 1);
            if (rest != 0) {
                int leading = bits - (Long.SIZE - Long.numberOfLeadingZeros(rest));
                bits -= leading + 1;
                return zeros + leading;
            }
            zeros += bits;
            window = nextByte();
            bits = Byte.SIZE;
        }
    }

    /** Leaves what remains of a byte. */
    void align() {
        bits -= bits % Byte.SIZE;
    }

    /** Begins the checksums of a frame. */
    void beginFrame() {
        crc8 = 0;
        crc16 = 0;
    }

    int crc8() {
        return crc8;
    }

    int crc16() {
        return crc16;
    }

    /** The next bytes, which begin on a byte. */
    byte[] bytes(int count) throws IOException {
        byte[] read = new byte[count];
        for (int i = 0; i < count; i++) {
            read[i] = (byte) unsigned(Byte.SIZE);
        }
        return read;
    }

    /** Passes over bytes, which begin on a byte; fails if there are fewer. */
    void skip(long count) throws IOException {
        for (long left = count; left > 0; ) {
            if (atEnd()) {
                throw damaged("ends in the middle of its metadata");
            }
            int now = (int) Math.min(left, limit - position);
            position += now;
            left -= now;
        }
    }

    boolean nextAre(byte[] expected) throws IOException {
        return Arrays.equals(bytes(expected.length), expected);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
