package dev.segue.worker.assembly;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where files lie while a task is being done: at most those of one finished song for each task under way.
 *
 * @param root made when it is first needed
 */
record Scratch(Path root) {
    private static final Logger LOG = LoggerFactory.getLogger(Scratch.class);

    /** A new empty folder of one task. */
    Folder folder(String songId) throws IOException {
        Files.createDirectories(root);
        return new Folder(Files.createTempDirectory(root, "song-"), songId);
    }

    /**
     * A folder that goes with its task.
     *
     * @param path where it is
     * @param songId whose
     */
    record Folder(Path path, String songId) implements Closeable {
        @Override
        public void close() {
            try (Stream<Path> files = Files.list(path)) {
                files.forEach(Folder::delete);
                Files.delete(path);
            } catch (IOException | UncheckedIOException e) {
                // The disk fills a little; the task is done all the same.
                LOG.warn("event=scratch_left song={} folder={} reason=\"{}\"", songId, path, e.toString());
            }
        }

        private static void delete(Path file) {
            try {
                Files.delete(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
