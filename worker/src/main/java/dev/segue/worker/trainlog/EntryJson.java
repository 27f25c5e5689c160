package dev.segue.worker.trainlog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.worker.trainlog.TrainingLog.Entry;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One event as one line of JSON. JSON has no word for what is not finite: that is a text, such as {@code "NaN"}. */
final class EntryJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final int line;

    private EntryJson(Path file, int line) {
        this.file = file;
        this.line = line;
    }

    static String write(Entry entry) {
        ObjectNode node = JSON.createObjectNode().put("step", entry.step()).put("kind", entry.kind());
        put(node, "seconds", entry.seconds());
        entry.values().forEach((name, value) -> put(node, name, value));
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a tree of plain values is always written", e);
        }
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.put(name, Double.toString(value));
        }
    }

    static Entry read(Path file, int line, String text) throws TrainingLogException {
        return new EntryJson(file, line).read(text);
    }

    private Entry read(String text) throws TrainingLogException {
        JsonNode node = tree(text);
        for (String field : Entry.OWN_FIELDS) {
            if (!node.has(field)) {
                throw new TrainingLogException.MissingField(file, line, field);
            }
        }
        JsonNode step = node.get("step");
        if (!step.isIntegralNumber() || !step.canConvertToLong() || step.asLong() < 0) {
            throw invalid("step", step, "a whole number of at least 0");
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!Entry.OWN_FIELDS.contains(field.getKey())) {
                values.put(field.getKey(), number(field.getKey(), field.getValue()));
            }
        }
        double seconds = number("seconds", node.get("seconds"));
        try {
            return new Entry(step.asLong(), node.get("kind").asText(), seconds, values);
        } catch (IllegalArgumentException e) {
            throw invalid("kind", node.get("kind"), "a word in small letters");
        }
    }

    private JsonNode tree(String text) throws TrainingLogException {
        try {
            JsonNode node = JSON.readTree(text);
            if (!node.isObject()) {
                throw new TrainingLogException.NotJson(file, line, "it is of the kind " + node.getNodeType());
            }
            return node;
        } catch (JsonProcessingException e) {
            throw new TrainingLogException.NotJson(
                    file, line, e.getOriginalMessage().lines().findFirst().orElse("it cannot be parsed"));
        }
    }

    private double number(String field, JsonNode node) throws TrainingLogException {
        if (node.isNumber()) {
            return node.asDouble();
        }
        return switch (node.asText()) {
            case "NaN" -> Double.NaN;
            case "Infinity" -> Double.POSITIVE_INFINITY;
            case "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> throw invalid(field, node, "a number, \"NaN\", \"Infinity\" or \"-Infinity\"");
        };
    }

    private TrainingLogException invalid(String field, JsonNode value, String limit) {
        return new TrainingLogException.InvalidField(file, line, field, value.toString(), limit);
    }
}
