package dev.segue.orchestrator.state;

import dev.segue.contracts.record.TrustedRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * Records as they lie in the stores: Avro's single-object encoding, whose schemas lie in a store too, so that a later
 * version of the orchestrator reads what an earlier one wrote, and none needs a registry to go on.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
public final class StateFormat {
    private static final String SCHEMA = "schema\0";

    private final BufferedTable schemas;
    private final Map<Class<?>, Codec<?>> codecs = new HashMap<>();
    private final Set<Class<?>> stored = new HashSet<>();

    /** Making either takes a fingerprint of the schema, which takes far longer than writing a record. */
    private record Codec<T>(Schema schema, BinaryMessageEncoder<T> encoder, BinaryMessageDecoder<T> decoder) {}

    /**
     * Writes records.
     *
     * @param schemas where schemas lie, by fingerprint
     */
    public StateFormat(BufferedTable schemas) {
        this.schemas = Objects.requireNonNull(schemas, "schemas is null");
        TrustedRecords.trust();
        TrustedRecords.trustPackageOf(SongTicket.class);
    }

    /** A record as bytes. */
    @SuppressWarnings("unchecked") // a value's class is a class of its type
    public <T extends SpecificRecord> byte[] write(T value) {
        Codec<T> codec = codec((Class<T>) value.getClass());
        if (stored.add(value.getClass())) {
            store(codec.schema());
        }
        try {
            ByteBuffer bytes = codec.encoder().encode(value);
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException("a record could not be written to memory", e);
        }
    }

    /**
     * A record that was written; null if there is none.
     *
     * @throws UncheckedIOException if the bytes are no such record
     */
    public <T extends SpecificRecord> T read(Class<T> type, byte[] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return codec(type).decoder().decode(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("what is stored is no " + type.getSimpleName(), e);
        }
    }

    @SuppressWarnings("unchecked") // each lies under its own class
    private <T extends SpecificRecord> Codec<T> codec(Class<T> type) {
        return (Codec<T>) codecs.computeIfAbsent(type, unknown -> {
            SpecificData data = SpecificData.getForClass(type);
            Schema schema = data.getSchema(type);
            return new Codec<T>(
                    schema,
                    new BinaryMessageEncoder<>(data, schema),
                    new BinaryMessageDecoder<>(data, schema, this::schema));
        });
    }

    /** Forgets which schemas are stored: some of those writes may have been dropped. */
    public void forget() {
        stored.clear();
    }

    private void store(Schema schema) {
        Bytes key = key(SchemaNormalization.parsingFingerprint64(schema));
        if (schemas.get(key) == null) {
            schemas.put(key, schema.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private Schema schema(long fingerprint) {
        byte[] json = schemas.get(key(fingerprint));
        return json == null ? null : new Schema.Parser().parse(new String(json, StandardCharsets.UTF_8));
    }

    private static Bytes key(long fingerprint) {
        return Bytes.wrap((SCHEMA + Long.toHexString(fingerprint)).getBytes(StandardCharsets.UTF_8));
    }
}
