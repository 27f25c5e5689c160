package dev.segue.embedded;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry, Apicurio's, as a child process on a folder, with the API of Confluent's. Schemas stay in the
 * folder; every change of one must be compatible with all earlier ones in both directions ({@code FULL_TRANSITIVE}).
 * Its output is in {@code registry.log}. Listens on 127.0.0.1 alone, without authentication; ends with this JVM,
 * however that ends. Started by one thread and closed by that or another one.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final String NAME = "schema registry";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration REQUEST_LIMIT = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 50;
    private static final int LAST_LINES = 15;

    private final Process process;
    private final int port;
    private volatile boolean closing;

    private EmbeddedRegistry(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts a registry, and returns when it serves.
     *
     * @param folder the registry's alone; made if it is not there
     * @param port for clients, or 0 for any free one
     * @throws EmbeddedException when the port is taken, the program is not there, or it does not start; the message
     *     quotes the end of its log
     */
    public static EmbeddedRegistry start(Path folder, int port) throws EmbeddedException, InterruptedException {
        RegistryHome home = RegistryHome.find();
        return Ports.start(NAME, port, chosen -> startOn(home, folder.toAbsolutePath(), chosen));
    }

    private static EmbeddedRegistry startOn(RegistryHome home, Path folder, int port)
            throws EmbeddedException, InterruptedException {
        long before = System.nanoTime();
        Path log = folder.resolve("registry.log");
        Process process = null;
        boolean serves = false;
        try {
            Files.createDirectories(folder);
            process = launch(RegistryCommand.of(home, folder, port, Ports.anyFree(NAME)), folder, log);
            EmbeddedRegistry registry = new EmbeddedRegistry(process, port);
            registry.awaitAndRequireCompatibility();
            serves = true;
            registry.warnWhenItEnds(log);
            LOG.info(
                    "event=registry_started port={} pid={} folder={} millis={}",
                    port,
                    process.pid(),
                    folder,
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before));
            return registry;
        } catch (IOException e) {
            throw new EmbeddedException.NotStarted(NAME, e.getMessage() + lastLines(log), e);
        } finally {
            if (process != null && !serves) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static Process launch(List<String> command, Path folder, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                // It would read settings from the current folder.
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("APICURIO_"));
        return builder.start();
    }

    private void awaitAndRequireCompatibility() throws IOException, InterruptedException {
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(REQUEST_LIMIT)
                .build();
        // Without the level, anything may follow anything.
        HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/config"))
                .timeout(REQUEST_LIMIT)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"compatibility\":\"FULL_TRANSITIVE\"}"))
                .build();
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        String last = "no answer";
        while (System.nanoTime() < limit) {
            if (!process.isAlive()) {
                throw new IOException("its process ended with status %d".formatted(process.exitValue()));
            }
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200) {
                    return;
                }
                last = "status " + response.statusCode();
            } catch (IOException e) {
                last = e.toString();
            }
            process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        }
        throw new IOException("it does not serve after %d s (%s)".formatted(START_LIMIT.toSeconds(), last));
    }

    // Nobody waits for a death that should not come.
    @SuppressWarnings("FutureReturnValueIgnored")
    private void warnWhenItEnds(Path log) {
        process.onExit().thenAccept(ended -> {
            if (!closing) {
                LOG.warn("event=registry_died port={} status={} log={}", port, ended.exitValue(), log);
            }
        });
    }

    private static String lastLines(Path log) {
        try {
            // Bytes that are no text must not hide why it failed, nor where in its code it did.
            List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("\t"))
                    .toList();
            List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
            return "; the end of %s:%n%s".formatted(log, String.join("\n", last));
        } catch (IOException e) {
            return "; no log in " + log;
        }
    }

    /** What serializers take as {@code schema.registry.url}. */
    public String url() {
        return "http://%s:%d/apis/ccompat/v7".formatted(Ports.HOST, port);
    }

    public int port() {
        return port;
    }

    /** Of the child. */
    long pid() {
        return process.pid();
    }

    /** Ends the child, by force when it does not end by itself, and returns when it is gone. */
    @Override
    public void close() {
        closing = true;
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        LOG.info("event=registry_stopped port={}", port);
    }
}
