package dev.segue.orchestrator.topology;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The part of a schema registry that serializers ask for, in this process, so that it can fall silent when a test says
 * so. Whoever looks for a schema registers it.
 *
 * <p>Safe for any number of threads.
 */
public final class LocalRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> schemas = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    private LocalRegistry(HttpServer server) {
        this.server = server;
    }

    public static LocalRegistry start() throws IOException {
        // Without it, every answer waits 40 ms for the reader's acknowledgement of its headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        LocalRegistry registry = new LocalRegistry(server);
        server.createContext("/", registry::answer);
        server.start();
        return registry;
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Lets it fail, or answer again. */
    public void silent(boolean now) {
        silent = now;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (silent) {
                send(exchange, 503, Map.of("error_code", 50301, "message", "not now"));
            } else if (exchange.getRequestMethod().equals("POST")) {
                JsonNode asked = JSON.readTree(body);
                send(exchange, 200, Map.of("id", id(asked.get("schema").asText()), "version", 1));
            } else if (exchange.getRequestMethod().equals("PUT")) {
                send(exchange, 200, Map.of("compatibility", "FULL_TRANSITIVE"));
            } else {
                String path = exchange.getRequestURI().getPath();
                int id = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
                if (id >= 1 && id <= schemas.size()) {
                    send(exchange, 200, Map.of("schema", schemas.get(id - 1)));
                } else {
                    send(exchange, 404, Map.of("error_code", 40403, "message", "Schema not found"));
                }
            }
        }
    }

    private synchronized int id(String schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }

    private static void send(HttpExchange exchange, int status, Map<String, ?> body) throws IOException {
        byte[] bytes = JSON.writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
