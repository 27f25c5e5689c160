package dev.segue.worker.jukebox.labels;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Names and the ids that a model learnt for them (specification §8.1): one {@code name;id} per line, names lower-cased,
 * a name listed twice has its last id, several names may share one.
 */
public final class IdentifierTable {
    /** The id of every name that the model does not know. */
    public static final int UNKNOWN = 0;

    private final Map<String, Integer> ids;
    private final Map<Integer, TreeSet<String>> names = new TreeMap<>();

    private IdentifierTable(Map<String, Integer> ids) {
        this.ids = Map.copyOf(ids);
        ids.forEach((name, id) ->
                names.computeIfAbsent(id, unused -> new TreeSet<>()).add(name));
    }

    /** A table of the given names. */
    public static IdentifierTable of(Map<String, Integer> ids) {
        return new IdentifierTable(ids);
    }

    /**
     * Reads a table.
     *
     * @throws IOException if the file cannot be read or a line is not {@code name;id}
     */
    public static IdentifierTable read(Path file) throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (!line.isBlank()) {
                    put(ids, line.strip(), file, number);
                }
            }
        }
        return new IdentifierTable(ids);
    }

    /** The id of {@code name}, already in the form the table has it; empty if the table lacks it. */
    public OptionalInt id(String name) {
        Integer id = ids.get(name);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** All names of {@code id}, sorted and joined with underscores, for display; empty if none has it. */
    public String names(int id) {
        return String.join("_", names.getOrDefault(id, new TreeSet<>()));
    }

    /** All names but those that mean an unknown one, in alphabetical order. */
    public List<String> known() {
        return ids.entrySet().stream()
                .filter(entry -> entry.getValue() != UNKNOWN)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** The highest id, which must be a row of the model's table; −1 if the table is empty. */
    public int highestId() {
        return names.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1);
    }

    private static void put(Map<String, Integer> ids, String line, Path file, int number) throws IOException {
        String[] parts = line.split(";", -1);
        if (parts.length != 2) {
            throw notAnEntry(line, file, number);
        }
        try {
            int id = Integer.parseInt(parts[1].strip());
            if (id < 0) {
                throw notAnEntry(line, file, number);
            }
            ids.put(parts[0].toLowerCase(Locale.ROOT), id);
        } catch (NumberFormatException e) {
            IOException wrong = notAnEntry(line, file, number);
            wrong.initCause(e);
            throw wrong;
        }
    }

    private static IOException notAnEntry(String line, Path file, int number) {
        return new IOException("line " + number + " of " + file + " is \"" + line
                + "\", but must be a name, a semicolon and an id of at least 0; fetch the table again");
    }
}
