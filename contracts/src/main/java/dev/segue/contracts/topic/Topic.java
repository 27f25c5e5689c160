package dev.segue.contracts.topic;

import java.util.Map;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * One topic. Every topic has one partition: the orchestrator sees all songs in one order, and a share group serves any
 * number of workers from one partition (with several, a worker would be served by one of them only).
 *
 * @param name in the cluster
 * @param value what lies in it; null for bytes as they came
 * @param config of the topic where it differs from the cluster's
 */
public record Topic<T extends SpecificRecord>(String name, Class<T> value, Map<String, String> config) {
    /** Partitions of every topic. */
    public static final int PARTITIONS = 1;

    public Topic {
        Objects.requireNonNull(name, "name is null");
        config = Map.copyOf(config);
    }

    /** The registry's subject of its values. */
    public String subject() {
        return name + "-value";
    }
}
