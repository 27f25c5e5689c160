package dev.segue.worker.trainer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files of 16-bit numbers, little-endian, of which any run is read at once and only that. */
final class ShortsFile {
    private ShortsFile() {}

    /** Writes a file, which appears when it is whole. */
    static void write(Path file, short[] numbers) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(numbers);
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, bytes.array());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** How many numbers a file has. */
    static long length(Path file) throws IOException {
        return Files.size(file) / Short.BYTES;
    }

    /**
     * Some of a file's numbers.
     *
     * @throws IOException if the file has fewer
     */
    static short[] read(Path file, long from, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, from * Short.BYTES + bytes.position()) < 0) {
                    throw new IOException(file + " has " + length(file) + " numbers, but " + (from + count)
                            + " are wanted; delete it, it is made again");
                }
            }
        }
        short[] numbers = new short[count];
        bytes.flip().asShortBuffer().get(numbers);
        return numbers;
    }
}
