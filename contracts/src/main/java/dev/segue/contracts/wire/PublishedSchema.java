package dev.segue.contracts.wire;

import dev.segue.contracts.topic.Topic;
import io.confluent.kafka.schemaregistry.avro.AvroSchemaUtils;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** The schema of a topic's values as it stands in the registry and in {@code contracts/schemas}. */
public final class PublishedSchema {
    private PublishedSchema() {}

    /** Without what only Java's code generator reads, so that every language registers the very same one. */
    public static Schema of(Topic<?> topic) {
        Object record =
                SpecificData.newInstance(topic.value(), SpecificData.get().getSchema(topic.value()));
        return AvroSchemaUtils.getSchema(record, false, false, true);
    }
}
