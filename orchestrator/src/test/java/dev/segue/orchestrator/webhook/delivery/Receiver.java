package dev.segue.orchestrator.webhook.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLContext;

/** A receiver on this machine that answers as the test says. Safe for any number of threads. */
public final class Receiver implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Script script = request -> Answer.of(200);

    /** What came, with headers by their names in lower case. */
    public record Received(String path, Map<String, String> headers, byte[] body) {
        public String id() {
            return headers.get("webhook-id");
        }
    }

    /** What is answered; after a wait that ends when the receiver is closed. */
    public record Answer(int status, Map<String, String> headers, int bytes, Duration after) {
        public static Answer of(int status) {
            return new Answer(status, Map.of(), 0, Duration.ZERO);
        }

        public static Answer of(int status, String header, String value) {
            return new Answer(status, Map.of(header, value), 0, Duration.ZERO);
        }

        /** None until the receiver is closed. */
        public static Answer never() {
            return new Answer(200, Map.of(), 0, LONG);
        }
    }

    /** What a receiver answers to what. */
    public interface Script {
        Answer answer(Received request);
    }

    private Receiver(HttpServer server) {
        this.server = server;
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public static Receiver start() throws IOException {
        return new Receiver(HttpServer.create(here(), 0));
    }

    public static Receiver start(SSLContext identity) throws IOException {
        HttpsServer server = HttpsServer.create(here(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(identity));
        return new Receiver(server);
    }

    private static InetSocketAddress here() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    public Receiver answering(Script answers) {
        script = answers;
        return this;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    public List<String> ids() {
        return received.stream().map(Received::id).toList();
    }

    /** Waits for something to come true. */
    public static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("it did not come true in " + LONG);
            }
            Thread.sleep(10);
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new java.util.HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) ->
                            headers.put(name.toLowerCase(java.util.Locale.ROOT), String.join(",", values)));
            Received request = new Received(
                    exchange.getRequestURI().toString(),
                    headers,
                    exchange.getRequestBody().readAllBytes());
            received.add(request);
            Answer answer = script.answer(request);
            closed.await(answer.after().toMillis(), TimeUnit.MILLISECONDS);
            answer.headers()
                    .forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
            exchange.sendResponseHeaders(answer.status(), answer.bytes() == 0 ? -1 : answer.bytes());
            for (int left = answer.bytes(); left > 0; left -= 8192) {
                exchange.getResponseBody().write(new byte[Math.min(left, 8192)]);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
