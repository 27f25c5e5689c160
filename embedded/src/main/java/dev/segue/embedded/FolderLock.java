package dev.segue.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to run on a folder: a lock on the file {@code lock} in it, which also says whose it is. The system releases
 * it with the process, however that ends. Closed by the thread that took it or by another one, once.
 */
final class FolderLock implements AutoCloseable {
    // Beyond the text, which stays readable where locks are mandatory.
    private static final long PLACE = Long.MAX_VALUE - 1;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the folder, which is made if it is not there.
     *
     * @throws EmbeddedException.FolderInUse when another holds it
     * @throws IOException when the folder cannot be made or written
     */
    static FolderLock take(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!locked(channel)) {
                throw new EmbeddedException.FolderInUse(folder, holder(file));
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(PLACE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static String holder(Path file) throws IOException {
        String pid = Files.readString(file, StandardCharsets.US_ASCII).strip();
        if (pid.equals(Long.toString(ProcessHandle.current().pid()))) {
            return "this program";
        }
        return pid.isEmpty() ? "another program" : "process " + pid;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
