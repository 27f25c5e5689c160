package dev.segue.worker.weights;

import java.io.IOException;
import java.util.Optional;

/** Where models come from. Below its base every source is laid out alike: {@code models/<name>/<file>}. */
public sealed interface ModelSource permits FolderSource, HttpSource, S3Source {

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
