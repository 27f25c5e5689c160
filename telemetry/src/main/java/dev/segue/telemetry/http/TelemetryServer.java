package dev.segue.telemetry.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.metrics.ProcessMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves {@code /metrics}, {@code /health/live} and {@code /health/ready}.
 *
 * <p>Started and closed once, by any threads.
 */
public final class TelemetryServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TelemetryServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int UNAVAILABLE = 503;

    private final HttpServer server;
    private final ExecutorService threads;

    private TelemetryServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts it.
     *
     * @param host to listen on
     * @param port 0 for any free one
     * @throws IllegalArgumentException if nobody can listen there
     */
    public static TelemetryServer start(String host, int port, Telemetry telemetry, Health health) {
        HttpServer server;
        try {
            server = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "HTTP cannot be served on port " + port + " of " + host + " (" + e.getMessage()
                            + "); free it, or choose another with SEGUE_HTTP_PORT, 0 for any",
                    e);
        }
        server.createContext("/", exchange -> answer(exchange, NOT_FOUND, "text/plain", "There is no such page.\n"));
        server.createContext(
                "/metrics", exchange -> answer(exchange, OK, ProcessMetrics.MEDIA_TYPE, telemetry.scrape()));
        server.createContext("/health/live", exchange -> answer(exchange, health.alive()));
        server.createContext("/health/ready", exchange -> answer(exchange, health.ready()));
        ExecutorService threads = Executors.newSingleThreadExecutor(task -> new Thread(task, "telemetry-http"));
        server.setExecutor(threads);
        server.start();
        LOG.info("event=http_started host={} port={}", host, server.getAddress().getPort());
        return new TelemetryServer(server, threads);
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, Map<String, BooleanSupplier> needs) throws IOException {
        List<String> missing = needs.entrySet().stream()
                .filter(need -> !need.getValue().getAsBoolean())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        answer(
                exchange,
                missing.isEmpty() ? OK : UNAVAILABLE,
                "application/json",
                JSON.writeValueAsString(Map.of("ok", missing.isEmpty(), "missing", missing)));
    }

    private static void answer(HttpExchange exchange, int status, String mediaType, String text) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(NOT_ALLOWED, -1);
                return;
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", mediaType);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
