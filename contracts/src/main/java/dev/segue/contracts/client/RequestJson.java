package dev.segue.contracts.client;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.TrustedRecords;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * A song request as JSON: the fields of the Avro schema by their names, those with a default may be left out, nulls are
 * plain, times are ISO texts. Read strictly, so that a misspelt field is not taken for an absent one.
 *
 * <p>Lives as long as one request is read.
 */
public final class RequestJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    private static final int LONGEST_VALUE = 200;

    static {
        TrustedRecords.trust();
    }

    private final List<RequestProblem> problems = new ArrayList<>();

    private RequestJson() {}

    /**
     * Reads a request.
     *
     * @throws InvalidRequestException if its fields are not those of a request
     * @throws JacksonException if it is no JSON
     */
    public static SongRequest read(String json) throws JacksonException {
        return read(JSON.readTree(json), Optional.empty());
    }

    /**
     * Reads a request that may lack an id.
     *
     * @param id for one that has none
     * @throws InvalidRequestException if its fields are not those of a request
     * @throws JacksonException if it is no JSON
     */
    public static SongRequest read(String json, String id) throws JacksonException {
        return read(JSON.readTree(json), Optional.of(id));
    }

    private static SongRequest read(JsonNode json, Optional<String> id) {
        if (json instanceof ObjectNode object && id.isPresent() && !object.has("songId")) {
            object.put("songId", id.get());
        }
        RequestJson reader = new RequestJson();
        Object request = reader.value("", SongRequest.getClassSchema(), json);
        if (!reader.problems.isEmpty()) {
            throw new InvalidRequestException(reader.problems);
        }
        return (SongRequest) request;
    }

    private Object value(String at, Schema schema, JsonNode node) {
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

    private SpecificRecord fields(String at, Schema schema, JsonNode node) {
        if (!required(node.isObject(), at.isEmpty() ? "the request" : at, node, "an object")) {
            return null;
        }
        for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (schema.getField(name) == null) {
                add(
                        path(at, name),
                        "not known",
                        "must be one of "
                                + schema.getFields().stream()
                                        .map(Schema.Field::name)
                                        .collect(Collectors.joining(", ")),
                        "correct or remove it");
            }
        }
        SpecificRecord record = (SpecificRecord) SpecificData.get().newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            String path = path(at, field.name());
            JsonNode given = node.get(field.name());
            if (given == null && !field.hasDefaultValue()) {
                add(path, "missing", "every request must have it", "add it");
            } else {
                put(
                        record,
                        field,
                        given == null ? SpecificData.get().getDefaultValue(field) : value(path, field.schema(), given));
            }
        }
        return record;
    }

    /** What is wrong was noted; a null would not fit in. */
    private void put(SpecificRecord record, Schema.Field field, Object value) {
        if (value != null || field.schema().getType() == Schema.Type.UNION) {
            record.put(field.pos(), value);
        }
    }

    private List<Object> items(String at, Schema schema, JsonNode node) {
        if (!required(node.isArray(), at, node, "a list")) {
            return null;
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(value(at + "[" + i + "]", schema.getElementType(), node.get(i)));
        }
        return items;
    }

    private Object symbol(String at, Schema schema, JsonNode node) {
        List<String> symbols = schema.getEnumSymbols().stream()
                .filter(symbol -> !symbol.equals(schema.getEnumDefault()))
                .toList();
        return required(
                        node.isTextual() && symbols.contains(node.textValue()),
                        at,
                        node,
                        "one of " + String.join(", ", symbols))
                ? SpecificData.get().createEnum(node.textValue(), schema)
                : null;
    }

    private Long whole(String at, JsonNode node) {
        return required(node.isIntegralNumber() && node.canConvertToLong(), at, node, "a whole number")
                ? node.longValue()
                : null;
    }

    private Instant time(String at, JsonNode node) {
        try {
            return node.isTextual() ? Instant.parse(node.textValue()) : noTime(at, node);
        } catch (DateTimeParseException e) {
            return noTime(at, node);
        }
    }

    private Instant noTime(String at, JsonNode node) {
        required(false, at, node, "a time such as \"2027-01-31T18:00:00Z\"");
        return null;
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

    private boolean required(boolean holds, String at, JsonNode node, String what) {
        if (!holds) {
            String text = node.toString();
            add(
                    at,
                    text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…",
                    "must be " + what,
                    "correct it");
        }
        return holds;
    }

    private void add(String field, String value, String limit, String fix) {
        String sentence = field + " is " + value + ", but " + limit + "; " + fix + ".";
        problems.add(new RequestProblem(field, value, limit, fix, sentence));
    }
}
