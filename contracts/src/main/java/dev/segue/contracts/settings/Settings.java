package dev.segue.contracts.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was configured: texts by the names of their variables. A text that is blank counts as not given. Immutable. */
public final class Settings {
    /** Names a file of further settings, {@code KEY=value} a line; what is in the environment counts before it. */
    public static final Setting<String> FILE = Setting.text(
                    "SEGUE_SETTINGS_FILE", "A file of settings, `KEY=value` a line; variables count before it.")
            .orElse("");

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = values.entrySet().stream()
                .filter(entry -> !entry.getValue().isBlank())
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().strip()));
    }

    /** Settings that are at hand. */
    public static Settings of(Map<String, String> values) {
        return new Settings(values);
    }

    /**
     * Settings of the environment and of the {@linkplain #FILE file} that it names.
     *
     * @throws IOException if there is such a file and it cannot be read
     */
    public static Settings load(Map<String, String> environment) throws IOException {
        Settings own = of(environment);
        String file = own.get(FILE);
        if (file.isEmpty()) {
            return own;
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        }
        Map<String, String> all = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        all.putAll(own.values);
        return of(all);
    }

    /**
     * What a setting says.
     *
     * @throws InvalidSettingException if it is missing or cannot be
     */
    public <T> T get(Setting<T> setting) {
        return setting.read(values.get(setting.key()));
    }

    /**
     * Settings of a library by the names that it has for them: {@code PREFIX_SECURITY_PROTOCOL} is {@code
     * security.protocol}.
     *
     * @param prefix what their variables begin with, with its last underscore
     */
    public Map<String, String> below(String prefix) {
        Map<String, String> found = new TreeMap<>();
        values.forEach((key, value) -> {
            if (key.startsWith(prefix) && key.length() > prefix.length()) {
                found.put(
                        key.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return found;
    }

    /** A line for each setting with its value, secrets masked: what a program prints when it starts. */
    public List<String> lines(List<Setting<?>> settings) {
        return settings.stream()
                .map(setting -> setting.key() + "="
                        + setting.shown(values.getOrDefault(
                                setting.key(), setting.fallback().orElse(""))))
                .toList();
    }
}
