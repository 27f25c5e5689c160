package dev.segue.worker.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A folder on this machine or a mounted volume.
 *
 * @param root the folder that holds {@code models}
 */
public record FolderSource(Path root) implements ModelSource {

    public FolderSource {
        Objects.requireNonNull(root, "root is null");
    }

    @Override
    public Transfer open(String path, long from, Optional<String> validator) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(root.resolve(path), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new WeightsException.Missing(
                    "there is no file " + describe(path) + "; check the folder and the model's name");
        } catch (AccessDeniedException e) {
            throw new WeightsException.Denied(
                    describe(path) + " may not be read by this user; change its owner or mode");
        }
        long size = channel.size();
        long start = from <= size ? from : 0;
        channel.position(start);
        InputStream body = Channels.newInputStream(channel);
        return new Transfer(body, start, OptionalLong.of(size), Optional.empty());
    }

    @Override
    public String describe(String path) {
        return root.resolve(path).toString();
    }
}
