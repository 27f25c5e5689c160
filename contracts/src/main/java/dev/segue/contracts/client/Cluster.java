package dev.segue.contracts.client;

import dev.segue.contracts.store.S3Access;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.SchemaRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Where an installation of Segue is.
 *
 * @param bootstrapServers brokers, HOST:PORT separated by commas
 * @param kafka further settings of Kafka's clients, such as {@code security.protocol}
 * @param registry where schemas are
 * @param topics names of topics
 * @param store the object store
 * @param bucket of the store, which holds songs and models
 */
public record Cluster(
        String bootstrapServers,
        Map<String, String> kafka,
        SchemaRegistry registry,
        Topics topics,
        S3Access store,
        String bucket) {
    /** How long a cluster that says nothing is waited for. */
    static final int PATIENCE_MILLIS = 10_000;

    public Cluster {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers is null");
        Objects.requireNonNull(registry, "registry is null");
        Objects.requireNonNull(topics, "topics is null");
        Objects.requireNonNull(store, "store is null");
        Objects.requireNonNull(bucket, "bucket is null");
        kafka = Map.copyOf(kafka);
    }

    /** What every client of Kafka is configured with. */
    public Map<String, Object> clientSettings() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("bootstrap.servers", bootstrapServers);
        settings.putIfAbsent("default.api.timeout.ms", Integer.toString(PATIENCE_MILLIS));
        settings.putIfAbsent("request.timeout.ms", Integer.toString(PATIENCE_MILLIS));
        return settings;
    }

    /** That nobody answers, as a failure. */
    ClusterException silent(Throwable cause) {
        return new ClusterException(
                "no broker answers at " + bootstrapServers
                        + "; start segue serve, or name the brokers with --bootstrap-servers",
                cause);
    }
}
