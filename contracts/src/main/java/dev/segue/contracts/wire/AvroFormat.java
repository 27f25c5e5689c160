package dev.segue.contracts.wire;

import dev.segue.contracts.record.TrustedRecords;
import dev.segue.contracts.topic.Topic;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Records in Confluent's wire format. Schemas are registered when topics are set up, never by the way, so that a program
 * of another version cannot change what is agreed.
 *
 * <p>Safe for any number of threads; so are the serializers it makes.
 */
public final class AvroFormat implements AutoCloseable {
    private static final int SERVER_ERROR = 500;
    private static final byte MAGIC = 0;
    private static final int HEADER = 1 + Integer.BYTES;

    private final SchemaRegistry registry;
    private final SchemaRegistryClient client;

    /** Speaks to a registry when the first record comes. */
    public AvroFormat(SchemaRegistry registry) {
        this.registry = Objects.requireNonNull(registry, "registry is null");
        TrustedRecords.trust();
        this.client = registry.client();
    }

    /**
     * Writes values of topics.
     *
     * @return a serializer that throws a {@link TimeoutException}, which Kafka calls retriable, where the registry does
     *     not answer
     */
    public <T extends SpecificRecord> Serializer<T> serializer() {
        Map<String, Object> configuration = registry.configuration();
        configuration.put("auto.register.schemas", false);
        configuration.put("avro.remove.java.properties", true);
        KafkaAvroSerializer serializer = new KafkaAvroSerializer(client);
        serializer.configure(configuration, false);
        return (name, value) -> write(name, serializer, value);
    }

    /** Writing fails for want of input or output only where the schema's id has to be asked for. */
    private <T extends SpecificRecord> byte[] write(String topic, KafkaAvroSerializer serializer, T value) {
        try {
            return serializer.serialize(topic, value);
        } catch (RuntimeException e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof RestClientException answer) {
                    if (answer.getStatus() >= SERVER_ERROR) {
                        throw unreachable(topic, "written", answer);
                    }
                    break;
                }
                if (cause instanceof IOException silence) {
                    throw unreachable(topic, "written", silence);
                }
            }
            throw e;
        }
    }

    /**
     * Reads values of one topic.
     *
     * @return a deserializer that throws {@link UnreadableRecordException} for what will never be readable, and a {@link
     *     TimeoutException}, which Kafka calls retriable, where the registry does not answer
     */
    public <T extends SpecificRecord> Deserializer<T> deserializer(Topic<T> topic) {
        Map<String, Object> configuration = registry.configuration();
        configuration.put("specific.avro.reader", true);
        KafkaAvroDeserializer deserializer = new KafkaAvroDeserializer(client);
        deserializer.configure(configuration, false);
        return (name, bytes) -> read(topic, deserializer, bytes);
    }

    private <T extends SpecificRecord> T read(Topic<T> topic, KafkaAvroDeserializer deserializer, byte[] bytes) {
        if (bytes == null || bytes.length == 0) {
            throw new UnreadableRecordException(
                    topic.name(), bytes == null ? "the value is null" : "the value is empty", null);
        }
        requireSchema(topic, bytes);
        Object value;
        try {
            value = deserializer.deserialize(topic.name(), bytes);
        } catch (RuntimeException e) {
            throw new UnreadableRecordException(topic.name(), reason(e), e);
        }
        if (!topic.value().isInstance(value)) {
            throw new UnreadableRecordException(
                    topic.name(),
                    "it holds "
                            + ((value instanceof SpecificRecord record)
                                    ? record.getSchema().getFullName()
                                    : "no record of ours")
                            + " instead of " + topic.value().getName(),
                    null);
        }
        return topic.value().cast(value);
    }

    /**
     * Fetches the writer's schema into the client's cache. Done apart from reading, so that a registry that says nothing
     * is not taken for a record that is broken: both end in an {@link IOException} in there.
     */
    private void requireSchema(Topic<?> topic, byte[] bytes) {
        if (bytes[0] != MAGIC || bytes.length < HEADER) {
            throw new UnreadableRecordException(
                    topic.name(),
                    "it does not begin with a 0 byte and a schema's id, as Confluent's format does",
                    null);
        }
        int id = ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
        try {
            client.getSchemaBySubjectAndId(topic.subject(), id);
        } catch (RestClientException e) {
            // A registry that answers that it does not know a schema is there; one that fails is not.
            if (e.getStatus() < SERVER_ERROR) {
                throw new UnreadableRecordException(topic.name(), "the registry does not know its schema, id " + id, e);
            }
            throw unreachable(topic.name(), "read", e);
        } catch (IOException e) {
            throw unreachable(topic.name(), "read", e);
        }
    }

    private TimeoutException unreachable(String topic, String done, Exception cause) {
        return new TimeoutException(
                "the schema registry at " + registry.url() + " does not answer, so that a record of " + topic
                        + " cannot be " + done + " now",
                cause);
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
