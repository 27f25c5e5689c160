package dev.segue.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Resources of operators, held against the schemas that their projects publish. Without state. */
final class CustomResources {
    /** Where the schema of each kind lies. */
    static final Map<String, String> KINDS = Map.of(
            "KafkaTopic", "kafkatopics",
            "KafkaUser", "kafkausers",
            "PodMonitor", "podmonitors",
            "PrometheusRule", "prometheusrules",
            "ScaledObject", "scaledobjects");

    private static final Path FOLDER = Path.of("src/test/resources/crds");

    private CustomResources() {}

    /** What is wrong with a resource; an operator would drop a field that it does not know, here it is an error. */
    static Set<ValidationMessage> problems(JsonNode resource) {
        return schema(
                        resource.path("kind").asText(),
                        resource.path("apiVersion").asText())
                .validate(resource);
    }

    private static JsonSchema schema(String kind, String apiVersion) {
        JsonNode spec = Yaml.read(FOLDER.resolve(KINDS.get(kind) + ".yaml")).path("spec");
        for (JsonNode version : spec.path("versions")) {
            String name =
                    spec.path("group").asText() + "/" + version.path("name").asText();
            if (name.equals(apiVersion)) {
                JsonNode schema = version.path("schema").path("openAPIV3Schema").deepCopy();
                close(schema);
                return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema);
            }
        }
        throw new AssertionError(kind + " has no version " + apiVersion);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object
                && object.path("properties").isObject()
                && !object.has("additionalProperties")
                && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
            object.put("additionalProperties", false);
        }
        schema.forEach(CustomResources::close);
    }
}
