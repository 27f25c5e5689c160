package dev.segue.worker.sound;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What stands before the samples of a WAV file.
 *
 * @param sampleRate frames per second, as claimed
 * @param channels as claimed
 * @param sampleBytes bytes of a sample; fewer valid bits lie at its top
 * @param floating whether samples are floats rather than integers
 * @param dataBytes bytes of samples, as claimed
 */
record WavHeader(long sampleRate, int channels, int sampleBytes, boolean floating, long dataBytes) {
    private static final int RIFF_BYTES = 12;
    private static final int CHUNK_BYTES = 8;
    private static final int LEAST_FORMAT = 16;
    /** The longest known format chunk has 40 bytes; more of it is passed over. */
    private static final int READ_FORMAT = 40;

    private static final int INTEGER = 1;
    private static final int FLOAT = 3;
    private static final int EXTENSIBLE = 0xFFFE;
    private static final byte[] EXTENSIBLE_REST = {
        0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xAA, 0, 0x38, (byte) 0x9B, 0x71
    };
    /** What programs claim that do not know the length yet: this or more. */
    private static final long ENDLESS = 0x7FFF_0000L;
    /** Chunks before the samples, and their bytes. */
    private static final int MOST_CHUNKS = 1_000;

    private static final long MOST_BYTES = 256L << 20;

    int frameBytes() {
        return channels * sampleBytes;
    }

    /** Whether the length is only a guess: the sound then ends with its file. */
    boolean endless() {
        return dataBytes >= ENDLESS;
    }

    /** Reads as far as the first sample. */
    static WavHeader read(String name, InputStream in) throws IOException {
        chunk(name, in, RIFF_BYTES);
        WavHeader format = null;
        long passed = 0;
        for (int chunks = 0; chunks < MOST_CHUNKS && passed <= MOST_BYTES; chunks++) {
            ByteBuffer head = chunk(name, in, CHUNK_BYTES);
            byte[] id = new byte[4];
            head.get(id);
            long length = Integer.toUnsignedLong(head.getInt());
            String kind = new String(id, StandardCharsets.ISO_8859_1);
            if (kind.equals("data")) {
                if (format == null) {
                    throw new SoundException.Damaged(name, "has samples before their format");
                }
                return new WavHeader(format.sampleRate, format.channels, format.sampleBytes, format.floating, length);
            }
            long padded = length + length % 2;
            passed += padded;
            if (kind.equals("fmt ")) {
                int read = (int) Math.min(length, READ_FORMAT);
                format = format(name, chunk(name, in, read));
                padded -= read;
            }
            if (padded > MOST_BYTES) {
                break;
            }
            try {
                in.skipNBytes(padded);
            } catch (EOFException e) {
                throw new SoundException.Damaged(name, "ends in the middle of its chunk " + SoundKind.printable(id));
            }
        }
        throw new SoundException.Damaged(
                name, "has more than " + MOST_CHUNKS + " chunks or " + MOST_BYTES + " bytes before its samples");
    }

    private static WavHeader format(String name, ByteBuffer chunk) throws SoundException {
        if (chunk.remaining() < LEAST_FORMAT) {
            throw new SoundException.Damaged(
                    name, "has a format of " + chunk.remaining() + " bytes, less than " + LEAST_FORMAT);
        }
        int tag = Short.toUnsignedInt(chunk.getShort());
        int channels = Short.toUnsignedInt(chunk.getShort());
        long rate = Integer.toUnsignedLong(chunk.getInt());
        chunk.getInt(); // Bytes per second follow from the rest.
        int frameBytes = Short.toUnsignedInt(chunk.getShort());
        int bits = Short.toUnsignedInt(chunk.getShort());
        if (tag == EXTENSIBLE) {
            if (chunk.remaining() < READ_FORMAT - LEAST_FORMAT) {
                throw new SoundException.Damaged(name, "has an extensible format that breaks off");
            }
            chunk.position(READ_FORMAT - 16);
            tag = Short.toUnsignedInt(chunk.getShort());
            byte[] rest = new byte[EXTENSIBLE_REST.length];
            chunk.get(rest);
            if (!Arrays.equals(rest, EXTENSIBLE_REST)) {
                throw unsupported(name, "samples of a format that only its maker knows");
            }
        }
        // Refused here as elsewhere, before anything is divided by it.
        SoundFormat.claimed(name, rate, channels, bits, SoundFormat.UNKNOWN);
        int sampleBytes = frameBytes / channels;
        if (frameBytes % channels != 0 || sampleBytes != (bits + Byte.SIZE - 1) / Byte.SIZE) {
            throw new SoundException.Damaged(
                    name, "has frames of " + frameBytes + " bytes for " + channels + " channels of " + bits + " bits");
        }
        if (tag != INTEGER && tag != FLOAT) {
            throw unsupported(name, "samples of WAV format " + tag);
        }
        if (tag == INTEGER ? sampleBytes < 1 || sampleBytes > 4 : bits != Float.SIZE) {
            throw unsupported(name, bits + "-bit " + (tag == FLOAT ? "float" : "integer") + " samples");
        }
        return new WavHeader(rate, channels, sampleBytes, tag == FLOAT, 0);
    }

    private static SoundException unsupported(String name, String what) {
        return new SoundException.Unsupported(name, what, "integers of 8, 16, 24 or 32 bits and floats of 32");
    }

    private static ByteBuffer chunk(String name, InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new SoundException.Damaged(name, "ends before its samples begin");
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
