package dev.segue.worker.weights;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on this machine that gives files and fails as told. */
final class FileServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();
    private final Map<String, String> tags = new ConcurrentHashMap<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile boolean ranges = true;
    private volatile boolean careless;

    /**
     * What goes wrong with one request: a status instead of the file, or some bytes of the body and then the end, or
     * some bytes and then silence.
     */
    record Fault(int status, int bytes, boolean silent) {
        static Fault status(int status) {
            return new Fault(status, 0, false);
        }

        static Fault cutAfter(int bytes) {
            return new Fault(0, bytes, false);
        }

        static Fault silentAfter(int bytes) {
            return new Fault(0, bytes, true);
        }
    }

    FileServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base");
    }

    FileServer put(String path, byte[] content) {
        files.put("/base/" + path, content);
        tags.put("/base/" + path, "\"" + Arrays.hashCode(content) + "\"");
        return this;
    }

    FileServer withoutTags() {
        tags.clear();
        return this;
    }

    FileServer withoutRanges() {
        ranges = false;
        return this;
    }

    /** Ranges are given of whatever the file is now, whatever condition they were asked under. */
    FileServer careless() {
        careless = true;
        return this;
    }

    /** The next requests fail like this, one each. */
    FileServer fail(Fault... next) {
        faults.addAll(List.of(next));
        return this;
    }

    /** Requests so far, as path and range. */
    List<String> requests() {
        return List.copyOf(requests);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String range = exchange.getRequestHeaders().getFirst("Range");
            requests.add(path.replaceFirst("^/base/", "") + (range == null ? "" : " " + range));
            Fault fault = faults.poll();
            byte[] content = files.get(path);
            if (fault != null && fault.status != 0) {
                exchange.sendResponseHeaders(fault.status, -1);
            } else if (content == null) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                send(exchange, content, tags.get(path), range, fault);
            }
        }
    }

    private void send(HttpExchange exchange, byte[] content, String tag, String range, Fault fault) throws IOException {
        String condition = exchange.getRequestHeaders().getFirst("If-Range");
        int from = 0;
        if (range != null && ranges && (careless || condition == null || condition.equals(tag))) {
            from = Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        }
        if (tag != null) {
            exchange.getResponseHeaders().set("ETag", tag);
        }
        if (from >= content.length && from > 0) {
            exchange.getResponseHeaders().set("Content-Range", "bytes */" + content.length);
            exchange.sendResponseHeaders(416, -1);
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes %d-%d/%d".formatted(from, content.length - 1, content.length));
        }
        int length = content.length - from;
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length == 0 ? -1 : length);
        OutputStream body = exchange.getResponseBody();
        body.write(content, from, fault == null ? length : Math.min(length, fault.bytes));
        body.flush();
        if (fault != null && fault.silent) {
            awaitClose();
        }
    }

    private void awaitClose() {
        try {
            closed.await();
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
