package dev.segue.standalone.songs;

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
 * @param store where songs are kept
 */
public record Cluster(
        String bootstrapServers, Map<String, String> kafka, SchemaRegistry registry, Topics topics, ObjectStore store) {
    /** How long a cluster that says nothing is waited for. */
    static final int PATIENCE_MILLIS = 15_000;

    public Cluster {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers is null");
        Objects.requireNonNull(registry, "registry is null");
        Objects.requireNonNull(topics, "topics is null");
        Objects.requireNonNull(store, "store is null");
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

    String silence() {
        return "no broker answers at " + bootstrapServers
                + "; start segue serve, or name the brokers with --bootstrap-servers";
    }
}
