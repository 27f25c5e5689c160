package dev.segue.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.topic.Topics;
import io.confluent.kafka.schemaregistry.CompatibilityLevel;
import io.confluent.kafka.schemaregistry.ParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.SimpleParsedSchemaHolder;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The schemas in {@code contracts/schemas} are what producers of any language build on. Every released version of one
 * stays in {@code contracts/schemas/released/<version>} for good. {@code -Dsegue.schemas.write=true} writes the current
 * ones anew.
 */
class PublishedSchemaTest {
    private static final Path PUBLISHED = Path.of("schemas");
    private static final Path RELEASED = PUBLISHED.resolve("released");

    static Stream<Topic<?>> topicsOfRecords() {
        return new Topics("")
                .all().stream()
                        .filter(topic ->
                                topic.value() != null && !topic.name().matches("window-tasks\\.(middle|bottom)"));
    }

    @ParameterizedTest
    @MethodSource("topicsOfRecords")
    void whatIsPublishedIsWhatIsWritten(Topic<?> topic) throws IOException {
        Schema schema = PublishedSchema.of(topic);
        Path file = PUBLISHED.resolve(schema.getName() + ".avsc");

        if (Boolean.getBoolean("segue.schemas.write")) {
            Files.createDirectories(PUBLISHED);
            Files.writeString(file, SchemaFormatter.format("json/pretty", schema) + "\n");
        }

        assertThat(Files.readString(file)).isEqualTo(SchemaFormatter.format("json/pretty", schema) + "\n");
    }

    @ParameterizedTest
    @MethodSource("topicsOfRecords")
    void everyVersionReadsWhatEveryOtherWrote(Topic<?> topic) throws IOException {
        Schema schema = PublishedSchema.of(topic);
        List<ParsedSchemaHolder> released = new ArrayList<>();
        for (Path version : versions()) {
            Path file = version.resolve(schema.getName() + ".avsc");
            if (Files.exists(file)) {
                released.add(new SimpleParsedSchemaHolder(new AvroSchema(Files.readString(file))));
            }
        }

        assertThat(new AvroSchema(schema).isCompatible(CompatibilityLevel.FULL_TRANSITIVE, released))
                .as("what stands in the way of " + schema.getName())
                .isEmpty();
        assertThat(released).as("released versions of " + schema.getName()).isNotEmpty();
    }

    @Test
    void aFieldWithoutADefaultWouldBeRefused() throws IOException {
        Schema released =
                new Schema.Parser().parse(PUBLISHED.resolve("SongCommand.avsc").toFile());
        Schema changed = new Schema.Parser()
                .parse(released.toString().replace("\"fields\":[", "\"fields\":[{\"name\":\"x\",\"type\":\"int\"},"));

        assertThat(new AvroSchema(changed)
                        .isCompatible(
                                CompatibilityLevel.FULL_TRANSITIVE,
                                List.of(new SimpleParsedSchemaHolder(new AvroSchema(released)))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("topicsOfRecords")
    void everyFieldAndTypeIsExplained(Topic<?> topic) {
        List<String> silent = new ArrayList<>();

        collectUnexplained(PublishedSchema.of(topic), new ArrayList<>(), silent);

        assertThat(silent).isEmpty();
    }

    private static void collectUnexplained(Schema schema, List<Schema> seen, List<String> silent) {
        switch (schema.getType()) {
            case UNION -> schema.getTypes().forEach(branch -> collectUnexplained(branch, seen, silent));
            case ARRAY -> collectUnexplained(schema.getElementType(), seen, silent);
            case ENUM -> {
                if (schema.getDoc() == null || schema.getEnumDefault() == null) {
                    silent.add(schema.getFullName() + " has no doc or no default symbol");
                }
            }
            case RECORD -> {
                if (seen.contains(schema)) {
                    return;
                }
                seen.add(schema);
                if (schema.getDoc() == null) {
                    silent.add(schema.getFullName());
                }
                for (Schema.Field field : schema.getFields()) {
                    if (field.doc() == null) {
                        silent.add(schema.getFullName() + "." + field.name());
                    }
                    collectUnexplained(field.schema(), seen, silent);
                }
            }
            default -> {
                // what is no name of ours needs no words
            }
        }
    }

    private static List<Path> versions() throws IOException {
        try (Stream<Path> folders = Files.list(RELEASED)) {
            return folders.sorted().toList();
        }
    }
}
