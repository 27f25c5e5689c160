package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The table of values is made from the schema and the defaults; {@code -Dsegue.docs.write=true} makes it anew. */
class ChartReadmeTest {
    private static final String HEADING = "## Values\n";

    @Test
    void theTableListsEveryValue() throws IOException {
        Path readme = Chart.FOLDER.resolve("README.md");
        String table = HEADING
                + "\nA level of `generation.levels` may have every key of `generation`, too.\n\n"
                + "| value | default | what it is for |\n|---|---|---|\n"
                + rows("", Chart.schema(), Chart.defaults());
        String text = Files.readString(readme);
        int heading = text.indexOf(HEADING);
        if (Boolean.getBoolean("segue.docs.write")) {
            text = text.substring(0, heading < 0 ? text.length() : heading) + table;
            Files.writeString(readme, text);
        }

        assertThat(text).endsWith(table);
    }

    private static String rows(String prefix, JsonNode schema, JsonNode values) {
        StringBuilder rows = new StringBuilder();
        for (Map.Entry<String, JsonNode> value : values.properties()) {
            JsonNode its = schema.path("properties").path(value.getKey());
            String key = prefix + value.getKey();
            if (its.has("properties")) {
                rows.append("| **`%s`** | | %s |\n"
                        .formatted(key, its.path("description").asText()));
                rows.append(rows(key + ".", its, value.getValue()));
            } else {
                rows.append("| `%s` | %s | %s%s |\n"
                        .formatted(
                                key,
                                shown(value.getValue()),
                                its.path("description").asText(),
                                choices(its.path("enum"))));
            }
        }
        return rows.toString();
    }

    private static String shown(JsonNode value) {
        return value.isTextual() && value.asText().isEmpty() ? "–" : "`" + value + "`";
    }

    private static String choices(JsonNode choices) {
        return choices.isMissingNode() ? "" : " One of " + String.join(", ", ComposeFile.texts(choices)) + ".";
    }
}
