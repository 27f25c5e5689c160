package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Whole reads and writes at positions of a channel, which itself may do them in parts. */
final class FileBytes {
    /** Bytes moved at a time by whatever streams tensors. */
    static final int CHUNK = 1 << 20;

    private FileBytes() {}

    /** Fills {@code into} from {@code position} and flips it. */
    static ByteBuffer read(FileChannel channel, Path file, long position, ByteBuffer into) throws IOException {
        long at = position;
        while (into.hasRemaining()) {
            int n = channel.read(into, at);
            if (n < 0) {
                throw new WeightsException.Malformed(
                        file,
                        "the file ends at byte %d, but its content reaches byte %d; it is truncated, fetch it again"
                                .formatted(channel.size(), position + into.limit()));
            }
            at += n;
        }
        return into.flip();
    }

    /** Writes all that remains in {@code from} at {@code position}. */
    static void write(FileChannel channel, long position, ByteBuffer from) throws IOException {
        long at = position;
        while (from.hasRemaining()) {
            at += channel.write(from, at);
        }
    }
}
