package dev.segue.worker.weights;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
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
        FileChannel channel = LocalDisk.openToRead(root.resolve(path));
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
