package dev.segue.standalone.serve;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.store.S3Access;
import dev.segue.embedded.Infrastructure;
import dev.segue.standalone.cluster.ClusterSettings;
import dev.segue.standalone.models.Home;
import dev.segue.telemetry.Telemetry;
import dev.segue.worker.tasks.Installation;
import dev.segue.worker.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker, registry, object store and all roles in this process, on the data folder of a home. Everything stays there when
 * it is closed.
 *
 * <p>Started and closed by one thread.
 */
public final class LocalSegue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSegue.class);

    private final Path data;
    private final Infrastructure infrastructure;
    private final Cluster cluster;
    private final Map<String, String> addresses;
    /** What is to be closed, the last started first. */
    private final Deque<AutoCloseable> parts;

    private OptionalInt httpPort = OptionalInt.empty();

    private LocalSegue(
            Path data, Infrastructure infrastructure, Map<String, String> addresses, Deque<AutoCloseable> parts) {
        this.data = data;
        this.infrastructure = infrastructure;
        this.addresses = addresses;
        this.cluster = ClusterSettings.cluster(Settings.of(addresses));
        this.parts = parts;
    }

    /**
     * Starts everything, and returns when songs can be asked of these models.
     *
     * @throws dev.segue.embedded.EmbeddedException if another process runs on the folder, or a server does not start
     * @throws dev.segue.contracts.settings.InvalidSettingException if a role cannot be configured so
     */
    public static LocalSegue start(Home home, LocalSettings settings, LocalModels models)
            throws IOException, InterruptedException {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        LocalSegue segue = null;
        try {
            // The engine of tensors takes a moment, and so do the servers.
            Thread engine = new Thread(Torch::threads, "engine");
            engine.start();
            Telemetry telemetry =
                    settings.serves() ? Telemetry.of(Settings.of(settings.variables()), "local") : Telemetry.unheard();
            parts.push(telemetry);
            Infrastructure infrastructure = Infrastructure.start(home.data(), settings.ports());
            parts.push(infrastructure);
            engine.join();
            Map<String, String> addresses = addresses(infrastructure, settings.variables());
            LocalSegue started = new LocalSegue(home.data(), infrastructure, addresses, parts);
            LocalRoles roles = new LocalRoles(started.cluster, addresses, parts, telemetry);
            roles.start(home, settings, models);
            started.httpPort = roles.httpPort();
            segue = started;
            return started;
        } finally {
            if (segue == null) {
                close(parts);
            }
        }
    }

    /** What clients of this process are configured with. */
    private static Map<String, String> addresses(Infrastructure infrastructure, Map<String, String> variables) {
        Map<String, String> addresses = new HashMap<>();
        addresses.put(Installation.BOOTSTRAP_SERVERS.key(), infrastructure.bootstrapServers());
        addresses.put(Installation.REGISTRY_URL.key(), infrastructure.registryUrl());
        addresses.put(S3Access.ENDPOINT.key(), infrastructure.s3().endpoint().toString());
        addresses.put(
                S3Access.ACCESS_KEY.key(), infrastructure.s3().credentials().accessKey());
        addresses.put(
                S3Access.SECRET_KEY.key(), infrastructure.s3().credentials().secretKey());
        addresses.put(S3Access.BUCKET.key(), infrastructure.s3().bucket());
        String prefix = variables.get(Installation.TOPIC_PREFIX.key());
        if (prefix != null) {
            addresses.put(Installation.TOPIC_PREFIX.key(), prefix);
        }
        return addresses;
    }

    /** Where everything is. */
    public Cluster cluster() {
        return cluster;
    }

    /** The port of HTTP; empty if it is not served. */
    public OptionalInt httpPort() {
        return httpPort;
    }

    /** Broker, registry and object store; stays this one's. */
    Infrastructure infrastructure() {
        return infrastructure;
    }

    /** The settings of a client of this process, by the names of variables; one of them is secret. */
    Map<String, String> addresses() {
        return Map.copyOf(addresses);
    }

    /** The file that an object of the store is. */
    public Path fileOf(String key) {
        return data.resolve("s3").resolve("objects").resolve(cluster.bucket()).resolve(key);
    }

    @Override
    public void close() {
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn(
                        "event=part_not_closed part={} reason=\"{}\"",
                        part.getClass().getSimpleName(),
                        e.toString());
            }
        }
    }
}
