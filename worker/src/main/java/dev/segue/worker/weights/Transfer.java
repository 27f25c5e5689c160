package dev.segue.worker.weights;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A file on its way from a source.
 *
 * @param body its bytes from {@code from} on
 * @param from first byte that the source gives: the one asked for, or 0 if the file is another by now
 * @param total size of the whole file, if the source says
 * @param validator what tells this version of the file from later ones, if the source says
 */
record Transfer(InputStream body, long from, OptionalLong total, Optional<String> validator) implements Closeable {
    @Override
    public void close() throws IOException {
        body.close();
    }
}
