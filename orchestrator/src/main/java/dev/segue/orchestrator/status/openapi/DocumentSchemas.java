package dev.segue.orchestrator.status.openapi;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.Schema;

/**
 * JSON schemas of what is sent and answered, each once: of records from their components, of requests from the Avro schema
 * whose fields they have.
 *
 * <p>Lives as long as one description is made.
 */
final class DocumentSchemas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PLACE = "#/components/schemas/";

    private final SchemaBuilder documents;
    private final Map<String, JsonNode> ofAvro = new TreeMap<>();

    DocumentSchemas() {
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
                .with(
                        Option.DEFINITIONS_FOR_ALL_OBJECTS,
                        Option.FLATTENED_OPTIONALS,
                        Option.FLATTENED_ENUMS_FROM_TOSTRING,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                        Option.FORBIDDEN_ADDITIONAL_PROPERTIES_BY_DEFAULT);
        // Nothing is left out: what is not known is null.
        config.forFields().withRequiredCheck(field -> true);
        config.forTypesInGeneral().withCustomDefinitionProvider(DocumentSchemas::unwrapped);
        this.documents = new SchemaGenerator(config.build()).buildMultipleSchemaDefinitions();
    }

    /** A record that is written as its one component is, without some of its fields; null for all others. */
    private static CustomDefinition unwrapped(ResolvedType type, SchemaGenerationContext context) {
        RecordComponent[] components = type.getErasedType().getRecordComponents();
        if (components == null
                || components.length == 0
                || !components[0].getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
            return null;
        }
        ObjectNode schema =
                context.createStandardDefinition(context.getTypeContext().resolve(components[0].getType()), null);
        Set<String> left = Set.of(components[0]
                .getAccessor()
                .getAnnotation(JsonIgnoreProperties.class)
                .value());
        ((ObjectNode) schema.get("properties")).remove(left);
        ArrayNode required = JSON.createArrayNode();
        schema.get("required").forEach(name -> {
            if (!left.contains(name.textValue())) {
                required.add(name);
            }
        });
        schema.set("required", required);
        return new CustomDefinition(schema);
    }

    /** Where the schema of a record of documents stands. */
    JsonNode reference(Class<?> type) {
        return documents.createSchemaReference(type);
    }

    /** Where the schema of an Avro record stands, with the names of its fields. */
    JsonNode ofAvro(Schema record) {
        if (!ofAvro.containsKey(record.getName())) {
            ObjectNode schema = JSON.createObjectNode();
            ofAvro.put(record.getName(), schema);
            schema.put("type", "object");
            describe(schema, record.getDoc());
            schema.put("additionalProperties", false);
            ObjectNode properties = schema.putObject("properties");
            ArrayNode required = schema.putArray("required");
            for (Schema.Field field : record.getFields()) {
                ObjectNode property = type(field.schema());
                describe(property, field.doc());
                properties.set(field.name(), property);
                // Over HTTP an id may be left out: one is made up.
                if (!field.hasDefaultValue() && !field.name().equals("songId")) {
                    required.add(field.name());
                }
            }
        }
        return JSON.createObjectNode().put("$ref", PLACE + record.getName());
    }

    private ObjectNode type(Schema schema) {
        ObjectNode type = JSON.createObjectNode();
        switch (schema.getType()) {
            case RECORD -> type.setAll((ObjectNode) ofAvro(schema));
            case ARRAY -> type.put("type", "array").set("items", type(schema.getElementType()));
            case UNION -> {
                ArrayNode any = type.putArray("anyOf");
                schema.getTypes().forEach(each -> any.add(type(each)));
            }
            case ENUM -> {
                ArrayNode symbols = type.put("type", "string").putArray("enum");
                schema.getEnumSymbols().stream()
                        .filter(symbol -> !symbol.equals(schema.getEnumDefault()))
                        .forEach(symbols::add);
            }
            case NULL -> type.put("type", "null");
            case STRING -> type.put("type", "string");
            case INT -> type.put("type", "integer").put("format", "int32");
            case LONG -> {
                if (schema.getLogicalType() == null) {
                    type.put("type", "integer").put("format", "int64");
                } else {
                    type.put("type", "string").put("format", "date-time");
                }
            }
            case DOUBLE -> type.put("type", "number");
            default -> throw new IllegalStateException("a request has no field of type " + schema.getType());
        }
        return type;
    }

    private static void describe(ObjectNode schema, String text) {
        if (text != null) {
            schema.put("description", text);
        }
    }

    /** All that were referred to. */
    ObjectNode collected() {
        ObjectNode all = JSON.createObjectNode();
        all.setAll(documents.collectDefinitions("components/schemas"));
        ofAvro.forEach(all::set);
        return all;
    }
}
