package dev.segue.worker.weights;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * A file that appears under its name only when it is whole: written beside it under a name of its own, forced to disk,
 * then moved. Closing without {@link #commit} leaves nothing. Owned by one thread.
 */
final class AtomicFile implements Closeable {
    /** How the names of unfinished files end. */
    static final String SUFFIX = ".tmp";

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;
    private boolean committed;

    private AtomicFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    static AtomicFile create(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
            // Not Files.createTempFile: that makes files which other users of the folder cannot read.
            Path temporary = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID() + SUFFIX);
            return new AtomicFile(
                    target,
                    temporary,
                    FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw LocalDisk.explain(target, e);
        }
    }

    /** Where the file will appear. */
    Path target() {
        return target;
    }

    /** Where to write. */
    FileChannel channel() {
        return channel;
    }

    /** Makes the file whole and visible. */
    void commit() throws IOException {
        try {
            channel.force(true);
            channel.close();
            moveIntoPlace(temporary, target);
            committed = true;
        } catch (IOException e) {
            throw LocalDisk.explain(target, e);
        }
    }

    /** Moves a finished and forced file to its name, replacing an older one in one step. */
    static void moveIntoPlace(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        // The move itself is durable only when the folder is forced too; some file systems cannot open a folder.
        try (FileChannel folder = FileChannel.open(to.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException ignored) {
            return;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (!committed) {
            Files.deleteIfExists(temporary);
        }
    }
}
