package dev.segue.worker.trainlog;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The log of a training as a file of JSON lines, one event a line, each on disk before the next step begins. A run that
 * goes on from a checkpoint drops what a killed one wrote after it, so the log is that of a run that was never
 * interrupted. Owned by one thread; others may {@link #read} the file meanwhile.
 */
public final class TrainingLog implements Closeable {
    private final OutputStream out;

    private TrainingLog(OutputStream out) {
        this.out = out;
    }

    /**
     * One event.
     *
     * @param step that it follows, 0 before the first
     * @param kind a word in lower case, such as {@code train} or {@code validation}
     * @param seconds of training so far, over all runs
     * @param values by name, in the order in which they are written; they need not be finite
     */
    public record Entry(long step, String kind, double seconds, Map<String, Double> values) {
        static final List<String> OWN_FIELDS = List.of("step", "kind", "seconds");

        private static final Pattern KIND = Pattern.compile("[a-z][a-z0-9_]*");

        /** Copies what it is given. */
        public Entry {
            if (step < 0) {
                throw new IllegalArgumentException("step is " + step + " but must be at least 0; count steps from 1");
            }
            if (!KIND.matcher(kind).matches()) {
                throw new IllegalArgumentException("kind is \"" + kind + "\" but must be a word like train: small"
                        + " letters, digits and _; rename it");
            }
            Map<String, Double> copy = new LinkedHashMap<>();
            values.forEach((name, value) -> copy.put(name, Objects.requireNonNull(value, name + " is null")));
            for (String own : OWN_FIELDS) {
                if (copy.containsKey(own)) {
                    throw new IllegalArgumentException(
                            "values have the name " + own + " but every event has a field of that name; rename it");
                }
            }
            values = Collections.unmodifiableMap(copy);
        }
    }

    /**
     * Opens a log to append to it, making it and its folder if they are not there.
     *
     * @param keepUpToStep the step of the checkpoint that training goes on from; later events and a last line that was
     *     cut short are dropped. 0 keeps what was written before the first step, −1 nothing.
     * @throws TrainingLogException if a line that is whole cannot be read
     */
    public static TrainingLog open(Path file, long keepUpToStep) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (Files.exists(file)) {
            StringBuilder kept = new StringBuilder();
            for (Line line : lines(file)) {
                if (line.entry().step() <= keepUpToStep) {
                    kept.append(line.text()).append('\n');
                }
            }
            // A part file first: whoever is killed here leaves the old log or the new one.
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.writeString(part, kept, StandardCharsets.UTF_8);
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return new TrainingLog(Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    /** Adds an event as one line, written at once. */
    public void append(Entry entry) throws IOException {
        out.write((EntryJson.write(entry) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads all events. A last line that is being written or was cut short is left out.
     *
     * @throws TrainingLogException if a line that is whole cannot be read
     */
    public static List<Entry> read(Path file) throws IOException {
        return lines(file).stream().map(Line::entry).toList();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    private record Line(String text, Entry entry) {}

    private static List<Line> lines(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (int from = 0; from < text.length(); ) {
            number++;
            int end = text.indexOf('\n', from);
            String line = text.substring(from, end < 0 ? text.length() : end);
            try {
                if (!line.isBlank()) {
                    lines.add(new Line(line, EntryJson.read(file, number, line)));
                }
            } catch (TrainingLogException e) {
                if (end >= 0) {
                    throw e;
                }
            }
            from = end < 0 ? text.length() : end + 1;
        }
        return lines;
    }
}
