package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/** The local disk, whose failures are told from failures of what is read or written. */
final class LocalDisk {
    private LocalDisk() {}

    /**
     * Opens a file for reading.
     *
     * @throws WeightsException if there is no such file or this user may not read it
     */
    static FileChannel openToRead(Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new WeightsException.Missing("there is no file " + file + "; check the folder and the model's name");
        } catch (AccessDeniedException e) {
            throw new WeightsException.Denied(file + " may not be read by this user; change its owner or mode");
        }
    }

    /** The same failure in the user's words, if it is one of the disk's; else unchanged. */
    static IOException explain(Path target, IOException e) {
        if (e instanceof WeightsException) {
            return e;
        }
        String reason = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("no space left") || reason.contains("quota exceeded")) {
            return new WeightsException.NotWritable(
                    target + " does not fit on its disk; free space there or choose another folder", e);
        }
        if (e instanceof AccessDeniedException || reason.contains("read-only file system")) {
            return new WeightsException.NotWritable(
                    target + " may not be written by this user; change the folder's owner or choose another folder", e);
        }
        if (e instanceof FileSystemException) {
            return new WeightsException.NotWritable(
                    target + " cannot be written (" + e.getMessage() + "); choose another folder", e);
        }
        return e;
    }
}
