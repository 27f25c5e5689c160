package dev.segue.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The chart of this folder, rendered by Helm itself from a copy. There, hooks are manifests like all others, which Helm
 * would keep to itself; and there is one dashboard of a line, whatever dashboards the chart has.
 */
final class Chart {
    static final Path FOLDER = Path.of("").toAbsolutePath();
    static final String NAMESPACE = "music";
    static final String RELEASE = "segue";
    private static final String KUBERNETES = "1.31.0";
    private static final Path COPY = copy();

    private Chart() {}

    /** The example values files that people start from, by name. */
    static List<String> examples() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("examples"))) {
            return files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Values of an example. */
    static ObjectNode example(String name) {
        return (ObjectNode) Yaml.read(FOLDER.resolve("examples").resolve(name + ".yaml"));
    }

    /** The chart's own values. */
    static ObjectNode defaults() {
        return (ObjectNode) Yaml.read(FOLDER.resolve("values.yaml"));
    }

    /** The schema of values. */
    static JsonNode schema() {
        return Yaml.read(FOLDER.resolve("values.schema.json"));
    }

    /**
     * All manifests as text.
     *
     * @throws IllegalStateException if Helm refuses the values; the message has its reason
     */
    static String render(JsonNode values) {
        Path file = null;
        try {
            file = Files.createTempFile("values", ".yaml");
            Files.writeString(file, Yaml.write(values));
            return new Helm(COPY)
                    .template()
                    .withName(RELEASE)
                    .withNamespace(NAMESPACE)
                    .withKubeVersion(KUBERNETES)
                    .withValuesFile(file)
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            delete(file);
        }
    }

    /** All manifests of an example. */
    static Manifests manifests(String example) {
        return new Manifests(Yaml.readAll(render(example(example))));
    }

    /** Values with one more, whose key is given by dots. */
    static ObjectNode with(ObjectNode values, String key, JsonNode value) {
        ObjectNode changed = values.deepCopy();
        ObjectNode place = changed;
        String[] parts = key.split("\\.");
        for (int part = 0; part < parts.length - 1; part++) {
            JsonNode next = place.get(parts[part]);
            place = next instanceof ObjectNode object ? object : place.putObject(parts[part]);
        }
        place.set(parts[parts.length - 1], value);
        return changed;
    }

    static JsonNode text(String text) {
        return JsonNodeFactory.instance.textNode(text);
    }

    private static Path copy() {
        try {
            Path copy = Files.createDirectories(Path.of("target")).resolve("chart");
            for (String name : List.of("Chart.yaml", "values.yaml", "values.schema.json", "files", "templates")) {
                try (Stream<Path> files = Files.walk(FOLDER.resolve(name))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        Path to = copy.resolve(FOLDER.relativize(file));
                        Files.createDirectories(to.getParent());
                        Files.writeString(
                                to, Files.readString(file).replace("\"helm.sh/hook\"", "\"example.org/hook\""));
                    }
                }
            }
            Files.writeString(
                    Files.createDirectories(copy.resolve("dashboards")).resolve("line.json"),
                    "{\"title\": \"Line\"}\n");
            return copy.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
