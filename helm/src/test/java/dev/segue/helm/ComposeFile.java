package dev.segue.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * compose.yaml as Compose reads it: aliases and merges are resolved, variables stay.
 *
 * @param tree the whole file
 */
record ComposeFile(JsonNode tree) {
    static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    static ComposeFile read() {
        try {
            // Jackson knows no merges.
            Object loaded = new org.yaml.snakeyaml.Yaml(new SafeConstructor(new LoaderOptions()))
                    .load(Files.readString(TOP.resolve("compose.yaml")));
            return new ComposeFile(new ObjectMapper().valueToTree(loaded));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Services by name. */
    Iterable<Map.Entry<String, JsonNode>> services() {
        return tree.path("services").properties();
    }

    JsonNode service(String name) {
        JsonNode service = tree.path("services").path(name);
        if (service.isMissingNode()) {
            throw new AssertionError("no service is named " + name);
        }
        return service;
    }

    /** Texts of a list. */
    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
