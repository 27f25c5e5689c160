package dev.segue.standalone.request;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.TrustedRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A song request as JSON: the fields of the Avro schema by their names, those with a default may be left out, nulls are
 * plain, times are ISO texts. Read strictly, so that a misspelt field is not taken for an absent one.
 */
final class RequestFile {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    static {
        TrustedRecords.trust();
    }

    private RequestFile() {}

    /**
     * Reads a request.
     *
     * @throws IllegalArgumentException if it is none; the message names field, value and fix
     */
    static SongRequest read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(
                    "--file is " + file + ", but there is no such file; name a JSON file with a request", e);
        } catch (JacksonException e) {
            throw new IllegalArgumentException(
                    "--file is " + file + ", but line " + e.getLocation().getLineNr() + " is no JSON ("
                            + e.getOriginalMessage() + "); correct it",
                    e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("in " + file + ", " + e.getMessage(), e);
        }
    }

    static SongRequest parse(String json) throws JacksonException {
        return (SongRequest) value("", SongRequest.getClassSchema(), JSON.readTree(json));
    }

    private static Object value(String at, Schema schema, JsonNode node) {
        return switch (schema.getType()) {
            case RECORD -> fields(at, schema, node);
            case ARRAY -> items(at, schema, node);
            case UNION -> node.isNull() ? null : value(at, notNull(schema), node);
            case ENUM -> symbol(at, schema, node);
            case STRING -> required(node.isTextual(), at, node, "a text") ? node.textValue() : null;
            case INT ->
                required(node.canConvertToInt() && node.isIntegralNumber(), at, node, "a whole number")
                        ? node.intValue()
                        : null;
            case LONG -> schema.getLogicalType() == null ? whole(at, node) : time(at, node);
            case DOUBLE -> required(node.isNumber(), at, node, "a number") ? node.doubleValue() : null;
            default -> throw new IllegalStateException("a request has no field of type " + schema.getType());
        };
    }

    private static SpecificRecord fields(String at, Schema schema, JsonNode node) {
        required(node.isObject(), at.isEmpty() ? "the request" : at, node, "an object");
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (schema.getField(name) == null) {
                throw new IllegalArgumentException(path(at, name) + " is not known, but must be one of "
                        + schema.getFields().stream().map(Schema.Field::name).collect(Collectors.joining(", "))
                        + "; correct or remove it");
            }
        }
        SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            String path = path(at, field.name());
            JsonNode given = node.get(field.name());
            if (given == null && !field.hasDefaultValue()) {
                throw new IllegalArgumentException(path + " is missing, but every request must have it; add it");
            }
            record.put(
                    field.pos(),
                    given == null ? SpecificData.get().getDefaultValue(field) : value(path, field.schema(), given));
        }
        return record;
    }

    private static List<Object> items(String at, Schema schema, JsonNode node) {
        required(node.isArray(), at, node, "a list");
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(value(at + "[" + i + "]", schema.getElementType(), node.get(i)));
        }
        return items;
    }

    private static Object symbol(String at, Schema schema, JsonNode node) {
        List<String> symbols = schema.getEnumSymbols().stream()
                .filter(symbol -> !symbol.equals(schema.getEnumDefault()))
                .toList();
        required(
                node.isTextual() && symbols.contains(node.textValue()),
                at,
                node,
                "one of " + String.join(", ", symbols));
        return SpecificData.get().createEnum(node.textValue(), schema);
    }

    private static Long whole(String at, JsonNode node) {
        required(node.isIntegralNumber() && node.canConvertToLong(), at, node, "a whole number");
        return node.longValue();
    }

    private static Instant time(String at, JsonNode node) {
        required(node.isTextual(), at, node, "a time such as \"2027-01-31T18:00:00Z\"");
        try {
            return Instant.parse(node.textValue());
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    at + " is " + node + ", but must be a time such as \"2027-01-31T18:00:00Z\"; correct it", e);
        }
    }

    private static Schema notNull(Schema union) {
        return union.getTypes().stream()
                .filter(type -> type.getType() != Schema.Type.NULL)
                .findFirst()
                .orElseThrow();
    }

    private static String path(String at, String name) {
        return at.isEmpty() ? name : at + "." + name;
    }

    private static boolean required(boolean holds, String at, JsonNode node, String what) {
        if (!holds) {
            throw new IllegalArgumentException(at + " is " + node + ", but must be " + what + "; correct it");
        }
        return true;
    }
}
