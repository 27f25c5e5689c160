package dev.segue.orchestrator.status.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Asks a running server, and holds every answer to what the server's own description says of it.
 *
 * <p>Owned by the test's thread.
 */
public final class DescribedHttp {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI base;
    private final HttpClient client = HttpClient.newHttpClient();
    private final JsonNode description;
    private final TreeSet<String> asked = new TreeSet<>();

    public DescribedHttp(int port) throws IOException, InterruptedException {
        this.base = URI.create("http://127.0.0.1:" + port);
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(base.resolve("/openapi.json")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(200);
        this.description = JSON.readTree(answer.body());
    }

    /** What the server says of itself. */
    public JsonNode description() {
        return description;
    }

    /** What was asked for so far and is described, as "get /songs/{id}". */
    public Set<String> asked() {
        return asked;
    }

    /** An answer, its body as text. */
    public HttpResponse<String> ask(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.BodyPublisher content =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).method(method, content);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        hold(method, base.resolve(path).getPath(), answer);
        return answer;
    }

    public HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return ask("GET", path, null, headers);
    }

    /** The JSON of an answer. */
    public static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }

    private void hold(String method, String path, HttpResponse<String> answer) throws IOException {
        String status = Integer.toString(answer.statusCode());
        Optional<JsonNode> operation = operation(method, path);
        if (operation.isEmpty()) {
            assertThat(answer.statusCode()).as(method + " " + path).isIn(404, 405);
            assertFits("{\"$ref\":\"#/components/schemas/Problem\"}", answer.body(), method + " " + path);
            return;
        }
        JsonNode responses = operation.get().get("responses");
        assertThat(responses.has(status))
                .as("%s %s answers %s: %s", method, path, status, answer.body())
                .isTrue();
        JsonNode content = responses.get(status).path("content");
        String type = answer.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        if (content.isMissingNode() || method.equals("HEAD")) {
            assertThat(answer.body()).isEmpty();
        } else if (type.endsWith("json") && content.has(type)) {
            assertFits(content.get(type).get("schema").toString(), answer.body(), method + " " + path);
        } else {
            assertThat(content.has(type) || content.has("application/octet-stream"))
                    .as("%s %s answers %s with %s", method, path, status, type)
                    .isTrue();
        }
    }

    /** Holds the data of an event to what is said of it. */
    public void holdEvent(String path, String data) throws IOException {
        JsonNode schema = operation("GET", path)
                .orElseThrow()
                .at("/responses/200/content/text~1event-stream/schema/contentSchema");
        assertFits(schema.toString(), data, path);
    }

    private Optional<JsonNode> operation(String method, String path) {
        JsonNode found = null;
        for (Iterator<Map.Entry<String, JsonNode>> paths =
                        description.get("paths").fields();
                paths.hasNext(); ) {
            Map.Entry<String, JsonNode> each = paths.next();
            if (path.matches(each.getKey().replaceAll("\\{[a-z]+}", "[^/]+"))) {
                String operation = method.toLowerCase(Locale.ROOT);
                found = each.getValue().get(operation);
                asked.add(operation + " " + each.getKey());
            }
        }
        return Optional.ofNullable(found);
    }

    private void assertFits(String schema, String json, String what) throws IOException {
        ObjectNode whole = (ObjectNode) JSON.readTree(schema);
        whole.set("components", description.get("components"));
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(whole)
                        .validate(JSON.readTree(json)))
                .as(what + " as described: " + json)
                .isEmpty();
    }
}
