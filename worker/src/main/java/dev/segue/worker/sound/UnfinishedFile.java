package dev.segue.worker.sound;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** A file under a name of its own that gets its real one when it is whole, and is deleted otherwise. Owned by one thread. */
final class UnfinishedFile implements Closeable {
    private static final int BUFFER = 1 << 16;

    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private boolean finished;

    private UnfinishedFile(Path target, Path part, FileChannel channel) {
        this.target = target;
        this.part = part;
        this.channel = channel;
    }

    static UnfinishedFile create(Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        return new UnfinishedFile(
                target,
                part,
                FileChannel.open(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE));
    }

    /** Adds bytes at the end. */
    void write(byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            if (!buffer.hasRemaining()) {
                drain();
            }
            int now = Math.min(buffer.remaining(), bytes.length - from);
            buffer.put(bytes, from, now);
            from += now;
        }
    }

    private void drain() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    /** To write over what is there already, when all has been added. */
    FileChannel channel() throws IOException {
        drain();
        return channel;
    }

    void finish() throws IOException {
        drain();
        channel.close();
        Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        finished = true;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!finished) {
            Files.deleteIfExists(part);
        }
    }
}
