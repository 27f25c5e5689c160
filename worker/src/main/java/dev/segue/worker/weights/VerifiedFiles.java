package dev.segue.worker.weights;

import dev.segue.contracts.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers which files were found to have which digest, so that gigabytes are not digested at every start: a file
 * counts as unchanged while its size and its time of modification are. One small text file per digest.
 */
final class VerifiedFiles {
    private static final Logger LOG = LoggerFactory.getLogger(VerifiedFiles.class);

    private final Path folder;

    VerifiedFiles(Path folder) {
        this.folder = folder;
    }

    /** Whether {@code file} has the promised size and digest. */
    boolean verify(Path file, ModelFile promised) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) != promised.bytes()) {
            return false;
        }
        Path note = folder.resolve(promised.sha256());
        if (Files.exists(note) && Files.readString(note).equals(stamp(file))) {
            return true;
        }
        String before = stamp(file);
        if (!Sha256.of(file).equals(promised.sha256())) {
            return false;
        }
        remember(note, before);
        return true;
    }

    /** A note that cannot be written costs time at the next start, and nothing else. */
    private void remember(Path note, String stamp) {
        try {
            Files.createDirectories(folder);
            Path temporary = folder.resolve("." + note.getFileName() + UUID.randomUUID() + AtomicFile.SUFFIX);
            Files.writeString(temporary, stamp);
            Files.move(temporary, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("cannot note a verified file note={} reason={}", note, e.toString());
        }
    }

    private static String stamp(Path file) throws IOException {
        return file.toAbsolutePath() + "\n" + Files.size(file) + "\n"
                + Files.getLastModifiedTime(file).toMillis();
    }
}
