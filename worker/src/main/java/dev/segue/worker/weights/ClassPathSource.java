package dev.segue.worker.weights;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Models that a program carries with it.
 *
 * @param loader finds them
 * @param base the folder of the class path that holds {@code models}, with slashes between its parts
 */
public record ClassPathSource(ClassLoader loader, String base) implements ModelSource {

    public ClassPathSource {
        Objects.requireNonNull(loader, "loader is null");
        Objects.requireNonNull(base, "base is null");
    }

    @Override
    public Transfer open(String path, long from, Optional<String> validator) throws IOException {
        URL resource = loader.getResource(base + "/" + path);
        if (resource == null) {
            throw new WeightsException.Missing(
                    "there is no file " + describe(path) + "; build Segue from a checkout that has it");
        }
        URLConnection connection = resource.openConnection();
        InputStream body = connection.getInputStream();
        long bytes = connection.getContentLengthLong();
        OptionalLong total = bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
        if (from > 0 && from <= bytes) {
            body.skipNBytes(from);
            return new Transfer(body, from, total, Optional.empty());
        }
        return new Transfer(body, 0, total, Optional.empty());
    }

    @Override
    public String describe(String path) {
        return base + "/" + path + " on the class path";
    }
}
