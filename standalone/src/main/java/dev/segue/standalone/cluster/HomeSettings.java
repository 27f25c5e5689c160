package dev.segue.standalone.cluster;

import dev.segue.contracts.settings.Settings;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/**
 * What is configured for the commands of this machine: variables of the environment, then those in the file that {@code
 * SEGUE_SETTINGS_FILE} names or in {@code segue.properties} of the home.
 */
public final class HomeSettings {
    private static final String FILE = "segue.properties";

    private HomeSettings() {}

    /**
     * All of them, by the names of variables.
     *
     * @throws IllegalArgumentException if a file is named that is not there
     */
    public static Map<String, String> of(Path home, Map<String, String> environment) throws IOException {
        String named = environment.getOrDefault(Settings.FILE.key(), "");
        Path file = named.isBlank() ? home.resolve(FILE) : Path.of(named);
        Map<String, String> all = new HashMap<>();
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties properties = new Properties();
            properties.load(reader);
            properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        } catch (NoSuchFileException e) {
            if (!named.isBlank()) {
                throw new IllegalArgumentException(
                        Settings.FILE.key() + " is " + named + ", but there is no such file; name one or leave it out",
                        e);
            }
        }
        all.putAll(environment);
        return all;
    }
}
