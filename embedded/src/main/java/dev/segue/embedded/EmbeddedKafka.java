package dev.segue.embedded;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Kafka broker, with its own controller, in this JVM and on a folder: topics, groups and the cluster's identity stay
 * there from one start to the next. Listens on 127.0.0.1 alone, without authentication.
 *
 * <p>A broker that meets a fatal fault while it runs ends the JVM, as it does everywhere; one that cannot start does
 * not. Started by one thread and closed by that or another one; starts in one JVM take turns.
 */
public final class EmbeddedKafka implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);
    private static final String NAME = "Kafka broker";

    private final KafkaRaftServer server;
    private final int port;

    private EmbeddedKafka(KafkaRaftServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /**
     * Starts a broker, and returns when it serves.
     *
     * @param folder the broker's alone; made if it is not there
     * @param port for clients, or 0 for any free one
     * @throws EmbeddedException when the port is taken or the folder does not suit
     */
    public static EmbeddedKafka start(Path folder, int port) throws EmbeddedException, InterruptedException {
        return Ports.start(NAME, port, chosen -> startOn(folder, chosen));
    }

    // The class is the lock: what Kafka does on a fault belongs to the whole JVM, and is changed during a start.
    private static synchronized EmbeddedKafka startOn(Path folder, int port) throws EmbeddedException {
        long before = System.nanoTime();
        KafkaRaftServer server = null;
        boolean serves = false;
        Exit.setExitProcedure(EmbeddedKafka::refuseToExit);
        Exit.setHaltProcedure(EmbeddedKafka::refuseToExit);
        try {
            KafkaConfig config = formatted(folder.toAbsolutePath(), port);
            server = new KafkaRaftServer(config, Time.SYSTEM);
            server.startup();
            serves = true;
        } catch (IOException | RuntimeException e) {
            throw new EmbeddedException.NotStarted(NAME, "%s (folder %s)".formatted(e.getMessage(), folder), e);
        } finally {
            // Whatever was thrown: Scala's methods throw checked exceptions without a word, interrupts among them.
            if (!serves) {
                stopQuietly(server);
            }
            Exit.resetExitProcedure();
            Exit.resetHaltProcedure();
        }
        LOG.info("event=kafka_started port={} folder={} millis={}", port, folder, millisSince(before));
        return new EmbeddedKafka(server, port);
    }

    private static KafkaConfig formatted(Path folder, int port) throws IOException {
        Path logs = folder.resolve("logs");
        Files.createDirectories(logs);
        Properties settings = KafkaSettings.of(logs, port, Ports.anyFree(NAME));
        if (!Files.exists(logs.resolve("meta.properties"))) {
            format(folder.resolve("server.properties"), settings);
        }
        return new KafkaConfig(settings, false);
    }

    private static void format(Path file, Properties settings) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            settings.store(writer, "The settings that this folder was formatted with; every start makes its own.");
        }
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        String[] command = {
            "format",
            "--ignore-formatted",
            "--config",
            file.toString(),
            "--cluster-id",
            Uuid.randomUuid().toString()
        };
        int status = StorageTool.execute(command, new PrintStream(said, true, StandardCharsets.UTF_8));
        if (status != 0) {
            throw new IOException("formatting the folder failed: "
                    + said.toString(StandardCharsets.UTF_8).strip());
        }
    }

    private static void refuseToExit(int status, String message) {
        throw new IllegalStateException(
                "Kafka wanted to end the program" + (message == null ? "" : ": " + message) + "; its log tells why");
    }

    private static void stopQuietly(KafkaRaftServer server) {
        if (server == null) {
            return;
        }
        try {
            server.shutdown();
            server.awaitShutdown();
        } catch (RuntimeException e) {
            LOG.warn("event=kafka_half_start_not_undone", e);
        }
    }

    private static long millisSince(long nanos) {
        return (System.nanoTime() - nanos) / 1_000_000;
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return Ports.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    /** Stops the broker, and returns when its files are closed. A second call does nothing. */
    @Override
    public void close() {
        long before = System.nanoTime();
        server.shutdown();
        server.awaitShutdown();
        LOG.info("event=kafka_stopped port={} millis={}", port, millisSince(before));
    }
}
