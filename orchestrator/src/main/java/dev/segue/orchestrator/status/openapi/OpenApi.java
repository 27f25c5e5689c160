package dev.segue.orchestrator.status.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.contracts.record.SongRequest;
import dev.segue.orchestrator.status.document.Problem;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Describes routes as OpenAPI 3.1. */
public final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN = "token";

    private OpenApi() {}

    /** The description of all routes that there are. */
    public static ObjectNode of(List<Route> routes) {
        DocumentSchemas schemas = new DocumentSchemas();
        ObjectNode api = JSON.createObjectNode();
        api.put("openapi", "3.1.0");
        api.putObject("info")
                .put("title", "Segue")
                .put("version", "0.1.0")
                .put("description", "Songs are asked for, followed and heard here.");
        ObjectNode paths = api.putObject("paths");
        for (Route route : routes) {
            paths.withObject("/" + escaped(route.path()))
                    .set(route.method().name().toLowerCase(Locale.ROOT), operation(route, schemas));
        }
        ObjectNode components = api.putObject("components");
        components.set("schemas", schemas.collected());
        components
                .putObject("securitySchemes")
                .putObject(TOKEN)
                .put("type", "http")
                .put("scheme", "bearer");
        return api;
    }

    /** A path as a JSON pointer has it. */
    private static String escaped(String path) {
        return path.replace("~", "~0").replace("/", "~1");
    }

    private static ObjectNode operation(Route route, DocumentSchemas schemas) {
        ObjectNode operation = JSON.createObjectNode();
        operation.put("summary", route.summary());
        if (route.token()) {
            operation.putArray("security").addObject().putArray(TOKEN);
        }
        ArrayNode parameters = operation.putArray("parameters");
        for (Route.Parameter parameter : route.parameters()) {
            ObjectNode described = parameters.addObject();
            described
                    .put("name", parameter.name())
                    .put("in", parameter.place().name().toLowerCase(Locale.ROOT))
                    .put("required", parameter.place() == Route.Place.PATH)
                    .put("description", parameter.description());
            described.putObject("schema").put("type", parameter.type());
        }
        route.body().ifPresent(type -> operation
                .putObject("requestBody")
                .put("required", true)
                .putObject("content")
                .putObject(Route.JSON)
                .set("schema", schema(type, schemas)));
        ObjectNode responses = operation.putObject("responses");
        Set<Integer> statuses =
                route.answers().stream().map(Route.Answer::status).collect(Collectors.toSet());
        for (Route.Answer answer : route.answers()) {
            ObjectNode response = responses.withObject("/" + answer.status());
            response.put("description", answer.description());
            if (!answer.mediaType().isEmpty()) {
                ObjectNode content = response.withObject("/content").putObject(answer.mediaType());
                content.set("schema", schema(answer, schemas));
            }
        }
        if (!statuses.contains(HttpStatus.INTERNAL_SERVER_ERROR.getCode())) {
            responses
                    .putObject("default")
                    .put("description", "Anything else that went wrong.")
                    .putObject("content")
                    .putObject(Route.PROBLEM)
                    .set("schema", schemas.reference(Problem.class));
        }
        return operation;
    }

    private static JsonNode schema(Route.Answer answer, DocumentSchemas schemas) {
        if (answer.type().isEmpty()) {
            return JSON.createObjectNode().put("type", "string");
        }
        if (answer.mediaType().equals(Route.EVENTS)) {
            // What the data of an event holds stands in a schema of its own: a stream of events is text.
            ObjectNode text = JSON.createObjectNode().put("type", "string");
            text.put("contentMediaType", Route.JSON);
            text.set("contentSchema", schema(answer.type().get(), schemas));
            return text;
        }
        return schema(answer.type().get(), schemas);
    }

    private static JsonNode schema(Class<?> type, DocumentSchemas schemas) {
        return type == SongRequest.class
                ? schemas.ofAvro(SongRequest.getClassSchema())
                : type == JsonNode.class ? JSON.createObjectNode().put("type", "object") : schemas.reference(type);
    }
}
