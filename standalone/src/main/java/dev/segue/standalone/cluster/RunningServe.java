package dev.segue.standalone.cluster;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * What a {@code segue serve} leaves in its data folder, so that other commands of this machine find it: its process and
 * the settings that clients need, readable by its owner alone.
 */
public final class RunningServe {
    private static final String FILE = "serve.properties";
    private static final String PID = "pid";
    private static final String STARTED = "started";

    private RunningServe() {}

    /** Where it is. */
    public static Path file(Path data) {
        return data.resolve(FILE);
    }

    /** Leaves the settings of this process. */
    public static void leave(Path data, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        settings.forEach(properties::setProperty);
        properties.setProperty(PID, Long.toString(ProcessHandle.current().pid()));
        properties.setProperty(STARTED, started(ProcessHandle.current()));
        Path whole = file(data).resolveSibling(FILE + ".new");
        Files.deleteIfExists(whole);
        if (Files.getFileAttributeView(data, PosixFileAttributeView.class) == null) {
            Files.createFile(whole);
        } else {
            Files.createFile(whole, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        try (Writer writer = Files.newBufferedWriter(whole)) {
            properties.store(writer, "Where segue serve is; removed when it stops.");
        }
        Files.move(whole, file(data), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Takes them away again. */
    public static void remove(Path data) throws IOException {
        Files.deleteIfExists(file(data));
    }

    /**
     * The settings of the one that runs.
     *
     * @throws IllegalArgumentException if none does; the message says what to do
     */
    public static Map<String, String> find(Path data) throws IOException {
        if (!Files.exists(file(data))) {
            throw new IllegalArgumentException("no segue serve runs on " + data
                    + "; start one, or name a cluster with --bootstrap-servers and --registry-url");
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file(data))) {
            properties.load(reader);
        }
        String pid = properties.getProperty(PID, "");
        boolean runs = pid.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(pid))
                        .filter(ProcessHandle::isAlive)
                        .filter(process -> started(process).equals(properties.getProperty(STARTED)))
                        .isPresent();
        if (!runs) {
            throw new IllegalArgumentException("the segue serve of " + file(data) + ", process " + pid
                    + ", is gone; start segue serve again, or name a cluster with --bootstrap-servers and"
                    + " --registry-url");
        }
        Map<String, String> settings = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> settings.put(name, properties.getProperty(name)));
        settings.keySet().removeAll(java.util.Set.of(PID, STARTED));
        return settings;
    }

    /** Numbers of processes are used again, with another start. */
    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("");
    }
}
