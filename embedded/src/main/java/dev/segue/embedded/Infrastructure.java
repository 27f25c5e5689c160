package dev.segue.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker, registry and S3 server of one machine, together on one data folder that outlives them:
 *
 * <pre>
 * lock                       held while they run; the holder's process number
 * kafka/logs/                the broker's topics and its identity
 * kafka/server.properties    what the folder was formatted with
 * registry/registry.mv.db    schemas
 * registry/registry.log      what the registry's process said at its last start
 * s3/objects/BUCKET/         objects, as files
 * s3/credentials.properties  access key and secret, made at the first start
 * </pre>
 *
 * All on 127.0.0.1. Started by one thread and closed by that or another one.
 */
public final class Infrastructure implements AutoCloseable {
    /** The bucket that is made. */
    public static final String BUCKET = "segue";

    private static final Logger LOG = LoggerFactory.getLogger(Infrastructure.class);
    private static final long UNDO_LIMIT_SECONDS = 60;

    private final FolderLock lock;
    private final EmbeddedKafka kafka;
    private final EmbeddedRegistry registry;
    private final EmbeddedS3 s3;

    private Infrastructure(FolderLock lock, EmbeddedKafka kafka, EmbeddedRegistry registry, EmbeddedS3 s3) {
        this.lock = lock;
        this.kafka = kafka;
        this.registry = registry;
        this.s3 = s3;
    }

    /**
     * Starts all three side by side, and returns when all serve. When one cannot, the others are stopped again.
     *
     * @param data the folder; made if it is not there
     * @throws EmbeddedException when the folder is in use, a port is taken or a server does not start
     * @throws IOException when the folder cannot be made
     */
    public static Infrastructure start(Path data, Ports ports) throws IOException, InterruptedException {
        FolderLock lock = FolderLock.take(data.toAbsolutePath());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            // The registry takes longest.
            Future<EmbeddedRegistry> registry =
                    threads.submit(() -> EmbeddedRegistry.start(data.resolve("registry"), ports.registry()));
            Future<EmbeddedKafka> kafka =
                    threads.submit(() -> EmbeddedKafka.start(data.resolve("kafka"), ports.kafka()));
            Future<EmbeddedS3> s3 = threads.submit(() -> EmbeddedS3.start(data.resolve("s3"), ports.s3(), BUCKET));
            try {
                return new Infrastructure(lock, started(kafka), started(registry), started(s3));
            } catch (IOException | InterruptedException | RuntimeException e) {
                // A start that is under way is interrupted, and undoes itself or is closed here.
                threads.shutdownNow();
                undo(threads, List.of(registry, s3, kafka), lock);
                throw e;
            }
        } finally {
            threads.shutdown();
        }
    }

    private static <T> T started(Future<T> server) throws IOException, InterruptedException {
        try {
            return server.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cannot) {
                throw cannot;
            }
            throw new IllegalStateException("a server failed to start", e.getCause());
        }
    }

    private static void undo(ExecutorService threads, List<Future<? extends AutoCloseable>> servers, FolderLock lock)
            throws IOException {
        try {
            if (!threads.awaitTermination(UNDO_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("event=infrastructure_not_undone seconds={}", UNDO_LIMIT_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Future<? extends AutoCloseable> server : servers) {
            closeQuietly(() -> {
                if (server.isDone()) {
                    server.get().close();
                }
                return null;
            });
        }
        lock.close();
    }

    private static void closeQuietly(Callable<Void> close) {
        try {
            close.call();
        } catch (ExecutionException | CancellationException e) {
            LOG.debug("event=server_had_not_started", e);
        } catch (Exception e) {
            LOG.warn("event=server_not_closed", e);
        }
    }

    /** What Kafka's clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return kafka.bootstrapServers();
    }

    /** What serializers take as {@code schema.registry.url}. */
    public String registryUrl() {
        return registry.url();
    }

    public EmbeddedKafka kafka() {
        return kafka;
    }

    public EmbeddedRegistry registry() {
        return registry;
    }

    /** With endpoint, credentials and bucket. */
    public EmbeddedS3 s3() {
        return s3;
    }

    /** Stops the three and gives the folder back. Whoever uses them is to be closed before. */
    @Override
    public void close() throws IOException {
        try (lock;
                kafka;
                s3;
                registry) {
            LOG.info("event=infrastructure_stops");
        }
    }
}
