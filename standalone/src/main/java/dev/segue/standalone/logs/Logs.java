package dev.segue.standalone.logs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a command logs and where. To be called before the first logger is made, since slf4j-simple reads its settings once;
 * what was given with {@code -D} stays.
 */
public final class Logs {
    private static final String SIMPLE = "org.slf4j.simpleLogger.";

    private Logs() {}

    /** For commands whose output people read: a failure is told once, as a sentence, not by every library. */
    public static void ofClient() {
        set("log.org.apache.kafka", "off");
        set("log.io.confluent", "off");
        set("log.software.amazon.awssdk", "error");
    }

    /** For a command with everything in one process: warnings go to a file, which begins anew. */
    public static void toFile(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        set("logFile", file.toString());
        withTimes();
        set("log.dev.segue", "info");
    }

    /** For servers: lines with times, of Segue what happens, of libraries what is wrong. */
    public static void ofServer() {
        withTimes();
        set("log.dev.segue", "info");
    }

    private static void withTimes() {
        set("showDateTime", "true");
        set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
        set("showThreadName", "true");
    }

    private static void set(String name, String value) {
        System.getProperties().putIfAbsent(SIMPLE + name, value);
    }
}
