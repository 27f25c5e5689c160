package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ValuesTest {
    /** Read where something else is not as it is in everything.yaml: what to change there first. */
    private static final Map<String, Map<String, Object>> NEEDS = Map.of(
            "models.source", Map.of("models.publish", false, "tests.enabled", false),
            "models.existingClaim", Map.of("models.publish", false, "tests.enabled", false),
            "models.publish", Map.of("tests.enabled", false),
            "generation.replicas", Map.of("generation.autoscaling.enabled", false),
            "assembler.replicas", Map.of("assembler.autoscaling.enabled", false),
            "tests.model", Map.of("models.publish", false));

    private static final Map<String, JsonNode> LEAVES = leaves("", Chart.defaults(), new TreeMap<>());

    static Set<String> keys() {
        return LEAVES.keySet();
    }

    @Test
    void everyValueHasADescription() {
        Set<String> undescribed = new TreeSet<>();

        for (String key : keysAndParents()) {
            if (schemaOf(key).path("description").asText().isBlank()) {
                undescribed.add(key);
            }
        }

        assertThat(undescribed).isEmpty();
    }

    @Test
    void aValueIsDescribedAlikeInTheSchemaAndBesideIt() throws IOException {
        String values = Files.readString(Chart.FOLDER.resolve("values.yaml"));

        for (String key : keysAndParents()) {
            assertThat(values).contains("# " + schemaOf(key).path("description").asText() + "\n");
        }
    }

    @Test
    void whatTheSchemaAllowsStandsInTheValues() {
        Set<String> allowed = new TreeSet<>();
        allowedKeys("", Chart.schema(), allowed);
        allowed.remove("global");
        allowed.removeAll(keysAndParents());

        // What a level may have instead of what all have.
        assertThat(allowed).allMatch(key -> key.matches("generation\\.levels\\.(top|middle|bottom)\\..*"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void aChangeOfAValueReachesAManifest(String key) {
        ObjectNode values = Chart.example("everything");
        for (Map.Entry<String, Object> need : NEEDS.getOrDefault(key, Map.of()).entrySet()) {
            values = Chart.with(
                    values,
                    need.getKey(),
                    need.getKey().equals("models.publish")
                            ? JsonNodeFactory.instance.arrayNode()
                            : JsonNodeFactory.instance.booleanNode((Boolean) need.getValue()));
        }
        String before = Chart.render(values);

        String after = Chart.render(Chart.with(values, key, other(key, values)));

        assertThat(after).isNotEqualTo(before);
    }

    /** A value of the same kind that is not the one there is. */
    private static JsonNode other(String key, JsonNode values) {
        JsonNode schema = schemaOf(key);
        JsonNode now = values.at("/" + key.replace('.', '/'));
        JsonNode current = now.isMissingNode() ? LEAVES.get(key) : now;
        for (JsonNode choice : schema.path(schema.has("enum") ? "enum" : "examples")) {
            if (!choice.equals(current)) {
                return choice;
            }
        }
        for (JsonNode choice : schema.path("items").path("enum")) {
            if (!current.toString().contains(choice.toString())) {
                return JsonNodeFactory.instance.arrayNode().add(choice);
            }
        }
        return switch (schema.path("type").asText()) {
            case "boolean" -> JsonNodeFactory.instance.booleanNode(!current.asBoolean());
            case "integer" -> JsonNodeFactory.instance.numberNode(current.asInt() + 1);
            default -> Chart.text("another");
        };
    }

    private static Map<String, JsonNode> leaves(String prefix, JsonNode values, Map<String, JsonNode> leaves) {
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            String key = prefix + value.getKey();
            if (schemaOf(key).has("properties")) {
                leaves(key + ".", value.getValue(), leaves);
            } else {
                leaves.put(key, value.getValue());
            }
        }
        return leaves;
    }

    private static Set<String> keysAndParents() {
        Set<String> all = new TreeSet<>();
        for (String key : keys()) {
            for (int dot = key.indexOf('.'); dot > 0; dot = key.indexOf('.', dot + 1)) {
                all.add(key.substring(0, dot));
            }
            all.add(key);
        }
        return all;
    }

    private static void allowedKeys(String prefix, JsonNode schema, Set<String> keys) {
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            keys.add(prefix + property.getKey());
            allowedKeys(prefix + property.getKey() + ".", property.getValue(), keys);
        }
    }

    private static JsonNode schemaOf(String key) {
        JsonNode schema = Chart.schema();
        for (String part : key.split("\\.")) {
            schema = schema.path("properties").path(part);
        }
        return schema;
    }
}
