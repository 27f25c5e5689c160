package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Locale;

/** Tells failures of the local disk from failures of what is written to it. */
final class LocalDisk {
    private LocalDisk() {}

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
