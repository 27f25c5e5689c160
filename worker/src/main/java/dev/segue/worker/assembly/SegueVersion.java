package dev.segue.worker.assembly;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/** Which Segue this is, as its build was called. */
final class SegueVersion {
    private SegueVersion() {}

    static String text() {
        Properties properties = new Properties();
        try (InputStream in = Objects.requireNonNull(
                SegueVersion.class.getResourceAsStream("version.properties"), "version.properties is missing")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
