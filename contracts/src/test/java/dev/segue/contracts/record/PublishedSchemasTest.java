package dev.segue.contracts.record;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.apache.avro.SchemaParser;
import org.apache.avro.specific.SpecificData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The schemas in {@code contracts/schemas}, which programs that are not ours are written against. */
class PublishedSchemasTest {
    private static final Path FOLDER = Path.of("schemas");
    /** Writes the files anew instead of comparing them: {@code -Dsegue.schemas.write=true}. */
    private static final boolean WRITE = Boolean.getBoolean("segue.schemas.write");

    @BeforeAll
    static void writeWhenAsked() throws IOException {
        if (WRITE) {
            for (Schema schema : schemasOfTopics()) {
                Files.writeString(file(schema), text(schema));
            }
        }
    }

    @Test
    void everyRecordOfATopicIsPublishedAsItIsGenerated() throws IOException {
        for (Schema schema : schemasOfTopics()) {
            assertThat(file(schema))
                    .as("%s; write it again with -Dsegue.schemas.write=true", schema.getName())
                    .hasContent(text(schema));
        }
    }

    @Test
    void nothingElseIsPublished() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            Set<String> names =
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
            assertThat(names)
                    .containsExactlyInAnyOrderElementsOf(schemasOfTopics().stream()
                            .map(schema -> schema.getName() + ".avsc")
                            .toList());
        }
    }

    @Test
    void aPublishedSchemaIsReadAsTheOneOfTheRecord() throws IOException {
        for (Schema schema : schemasOfTopics()) {
            assertThat(new SchemaParser().parse(file(schema)).mainSchema()).isEqualTo(schema);
        }
    }

    private static List<Schema> schemasOfTopics() {
        return new Topics(Topics.DEFAULT_PREFIX)
                .all().stream()
                        .map(Topic::value)
                        .filter(value -> value != null)
                        .map(value -> SpecificData.get().getSchema(value))
                        .toList();
    }

    private static Path file(Schema schema) {
        return FOLDER.resolve(schema.getName() + ".avsc");
    }

    private static String text(Schema schema) {
        return SchemaFormatter.format("json/pretty", schema) + "\n";
    }
}
