package dev.segue.contracts.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code contracts/asyncapi.json} is made from the topics; {@code -Dsegue.docs.write=true} makes it anew. */
class AsyncApiTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path PUBLISHED = Path.of("asyncapi.json");
    private static JsonSchema schema;

    @BeforeAll
    static void readSchema() throws IOException {
        try (InputStream published = AsyncApiTest.class.getResourceAsStream("/asyncapi/3.1.0.json")) {
            schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(JSON.readTree(published));
        }
    }

    @Test
    void whatIsPublishedIsWhatTheTopicsAre() throws IOException {
        DefaultIndenter lines = new DefaultIndenter("  ", "\n");
        String document =
                JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
                                .writeValueAsString(AsyncApi.document())
                        + "\n";
        if (Boolean.getBoolean("segue.docs.write")) {
            Files.writeString(PUBLISHED, document);
        }

        assertThat(Files.readString(PUBLISHED)).isEqualTo(document);
    }

    @Test
    void itIsAsAsyncApiWantsIt() {
        assertThat(schema.validate(AsyncApi.document())).isEmpty();
    }

    @Test
    void aMistakeInItWouldBeFound() {
        ObjectNode misspelt = AsyncApi.document();
        ((ObjectNode) misspelt.path("channels").path("songEvents")).put("adress", "elsewhere");
        ObjectNode wrongAction = AsyncApi.document();
        ((ObjectNode) wrongAction.path("operations").path("client.send.songRequests")).put("action", "shout");
        ObjectNode noAvro = AsyncApi.document();
        ((ObjectNode) noAvro.at("/components/messages/SongRequest/payload/schema")).put("type", "recrd");

        assertThat(schema.validate(misspelt)).isNotEmpty();
        assertThat(schema.validate(wrongAction)).isNotEmpty();
        assertThat(schema.validate(noAvro)).isNotEmpty();
    }

    @Test
    void everyTopicIsDescribedOnceAndHasWritersAndReaders() {
        JsonNode document = AsyncApi.document();

        assertThat(document.path("channels"))
                .extracting(channel -> channel.path("address").asText())
                .containsExactlyInAnyOrderElementsOf(new Topics(Topics.DEFAULT_PREFIX)
                        .all().stream().map(Topic::name).toList());
        document.path("channels").fieldNames().forEachRemaining(channel -> {
            for (String action : new String[] {"send", "receive"}) {
                assertThat(document.path("operations").properties())
                        .as(action + " " + channel)
                        .anyMatch(operation -> operation.getKey().endsWith("." + action + "." + channel)
                                && operation.getValue().path("action").asText().equals(action));
            }
        });
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        JsonNode document = AsyncApi.document();

        assertThat(document.findValuesAsText("$ref"))
                .isNotEmpty()
                .allMatch(reference -> reference.startsWith("#/")
                        && !document.at(reference.substring(1)).isMissingNode());
    }
}
