package dev.segue.worker.assembly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;

/** Records as JSON for people: every field, in the order of the schema, times as ISO 8601. */
final class RecordJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RecordJson() {}

    /** A record that holds no bytes. */
    static ObjectNode of(SpecificRecord value) {
        ObjectNode node = JSON.objectNode();
        for (Schema.Field field : value.getSchema().getFields()) {
            node.set(field.name(), node(value.get(field.pos())));
        }
        return node;
    }

    /** A list of such records. */
    static ArrayNode of(Collection<? extends SpecificRecord> values) {
        ArrayNode node = JSON.arrayNode();
        values.forEach(value -> node.add(of(value)));
        return node;
    }

    private static JsonNode node(Object value) {
        if (value == null) {
            return JSON.nullNode();
        }
        if (value instanceof SpecificRecord inner) {
            return of(inner);
        }
        if (value instanceof Collection<?> many) {
            ArrayNode node = JSON.arrayNode();
            many.forEach(one -> node.add(node(one)));
            return node;
        }
        if (value instanceof Integer number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Long number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Double number) {
            return JSON.numberNode(number);
        }
        if (value instanceof Boolean truth) {
            return JSON.booleanNode(truth);
        }
        if (value instanceof ByteBuffer) {
            throw new IllegalArgumentException("bytes have no place in JSON for people");
        }
        // Text, enums and times.
        return JSON.textNode(value.toString());
    }
}
