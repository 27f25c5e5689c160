package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The bytes of a pickle inside a file, read little by little from a position on, never beyond its end nor its limit.
 * Lengths are checked against what is left before anything is allocated.
 */
final class PickleInput {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final long start;
    private final long end;
    private final PickleLimits limits;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long bufferStart;

    /** The pickle that begins at {@code start} and ends before {@code end}. */
    PickleInput(Path file, FileChannel channel, long start, long end, PickleLimits limits) {
        this.file = file;
        this.channel = channel;
        this.start = start;
        this.end = end;
        this.limits = limits;
        this.bufferStart = start;
    }

    Path file() {
        return file;
    }

    PickleLimits limits() {
        return limits;
    }

    /** Position in the file of the next byte. */
    long position() {
        return bufferStart + buffer.position();
    }

    int unsignedByte() throws IOException {
        return Byte.toUnsignedInt(need(1).get());
    }

    int unsignedShort() throws IOException {
        return Short.toUnsignedInt(need(2).getShort());
    }

    int signedInt() throws IOException {
        return need(4).getInt();
    }

    long unsignedInt() throws IOException {
        return Integer.toUnsignedLong(signedInt());
    }

    long signedLong() throws IOException {
        return need(8).getLong();
    }

    /** A double as the pickle format stores it: the only big-endian value in it. */
    double bigEndianDouble() throws IOException {
        return Double.longBitsToDouble(Long.reverseBytes(signedLong()));
    }

    byte[] bytes(long count) throws IOException {
        if (count < 0 || count > limits.textBytes()) {
            throw new WeightsException.Hostile(
                    file,
                    "the pickle holds a string of %d bytes before byte %d, and %d are allowed"
                            .formatted(count, position(), limits.textBytes()));
        }
        if (count > end - position()) {
            throw truncated();
        }
        byte[] bytes = new byte[(int) count];
        int at = 0;
        while (at < bytes.length) {
            int n = Math.min(bytes.length - at, BUFFER);
            need(n).get(bytes, at, n);
            at += n;
        }
        return bytes;
    }

    String utf8(long count) throws IOException {
        long at = position();
        CharBuffer text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(count)));
        } catch (CharacterCodingException e) {
            throw new WeightsException.Malformed(file, "the string of the pickle at byte " + at + " is not UTF-8");
        }
        return text.toString();
    }

    /** Text up to the next line feed. */
    String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int b = unsignedByte(); b != '\n'; b = unsignedByte()) {
            line.append((char) b);
            if (line.length() > 255) {
                throw new WeightsException.Hostile(
                        file, "the name in the pickle before byte " + position() + " is longer than 255 bytes");
            }
        }
        return line.toString();
    }

    private ByteBuffer need(int count) throws IOException {
        if (buffer.remaining() < count) {
            long at = position();
            if (at + count - start > limits.bytes()) {
                throw new WeightsException.Hostile(
                        file, "the pickle is longer than the allowed " + limits.bytes() + " bytes");
            }
            if (count > end - at) {
                throw truncated();
            }
            bufferStart = at;
            buffer.clear().limit((int) Math.min(BUFFER, end - at));
            FileBytes.read(channel, file, at, buffer);
        }
        return buffer;
    }

    private WeightsException truncated() {
        return new WeightsException.Malformed(
                file,
                "the pickle that begins at byte " + start + " breaks off at byte " + end + "; fetch the file again");
    }
}
