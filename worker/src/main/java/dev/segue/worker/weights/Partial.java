package dev.segue.worker.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What has arrived of a file.
 *
 * @param target where the whole file will lie
 * @param file the bytes
 * @param version a text file with the validator they belong to
 */
record Partial(Path target, Path file, Path version) {

    static Partial of(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw LocalDisk.explain(target, e);
        }
        String name = "." + target.getFileName();
        return new Partial(target, folder.resolve(name + ".part"), folder.resolve(name + ".part-version"));
    }

    long bytes() throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    Optional<String> validator() throws IOException {
        return Files.exists(version) ? Optional.of(Files.readString(version)) : Optional.empty();
    }

    void begin(Optional<String> validator) throws IOException {
        try {
            if (validator.isPresent()) {
                Files.writeString(version, validator.get());
            } else {
                Files.deleteIfExists(version);
            }
        } catch (IOException e) {
            throw LocalDisk.explain(target, e);
        }
    }

    FileChannel open(long at) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                    .truncate(at);
        } catch (IOException e) {
            throw LocalDisk.explain(target, e);
        }
    }

    /** Failures to write are told from failures to receive: only the latter are worth another try. */
    void write(FileChannel channel, long at, ByteBuffer piece) throws IOException {
        try {
            FileBytes.write(channel, at, piece);
        } catch (IOException e) {
            IOException explained = LocalDisk.explain(target, e);
            throw explained instanceof WeightsException
                    ? explained
                    : new WeightsException.NotWritable(target + " cannot be written: " + e.getMessage(), e);
        }
    }

    void complete() throws IOException {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
            AtomicFile.moveIntoPlace(file, target);
            Files.deleteIfExists(version);
        } catch (IOException e) {
            throw LocalDisk.explain(target, e);
        }
    }

    void discard() throws IOException {
        Files.deleteIfExists(file);
        Files.deleteIfExists(version);
    }
}
