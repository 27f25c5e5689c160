package dev.segue.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComposeSchemaTest {
    private final JsonSchema schema = schema();
    private final ComposeFile compose = ComposeFile.read();

    @Test
    void theFileIsOneThatComposeReads() {
        assertThat(schema.validate(compose.tree())).isEmpty();
    }

    @Test
    void aMisspeltKeyWouldBeFound() {
        ((ObjectNode) compose.service("kafka")).put("helthcheck", true);

        assertThat(schema.validate(compose.tree())).isNotEmpty();
    }

    /** It names draft 7 with https, which no validator takes for draft 7. */
    private static JsonSchema schema() {
        ObjectNode schema = (ObjectNode) Yaml.read(Path.of("src/test/resources/compose/compose-spec.json"));
        schema.remove(List.of("$schema", "$id"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
    }
}
