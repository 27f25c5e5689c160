package dev.segue.worker.weights;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.s3.S3Client;

/** Where models come from. Below its base every source is laid out alike: {@code models/<name>/<file>}. */
public sealed interface ModelSource permits ClassPathSource, FolderSource, HttpSource, S3Source {

    /**
     * The source at an address.
     *
     * @param address {@code s3://bucket/prefix}, {@code http://…}, {@code https://…}, or the path of a folder
     * @param s3 the connection for the first kind, asked only then
     * @throws IllegalArgumentException if it is an address of another kind
     */
    static ModelSource at(String address, Supplier<S3Client> s3) {
        if (address.startsWith("s3://")) {
            return S3Source.at(URI.create(address), s3.get());
        }
        return address.contains("://") ? new HttpSource(URI.create(address)) : new FolderSource(Path.of(address));
    }

    /**
     * Opens a file.
     *
     * @param path below the base of the source
     * @param from first byte wanted
     * @param validator the version that {@code from} belongs to; if the file is another by now, it comes from byte 0
     * @throws WeightsException.Missing if there is no such file
     * @throws WeightsException.Denied if the source refuses
     * @throws IOException for whatever a later try may cure
     */
    Transfer open(String path, long from, Optional<String> validator) throws IOException;

    /** The full name of a file, for messages; without secrets. */
    String describe(String path);
}
