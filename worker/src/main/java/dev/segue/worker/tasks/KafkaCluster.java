package dev.segue.worker.tasks;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Where the cluster is, and the clients that a worker speaks to it with. All of them carry bytes, so that a record that
 * cannot be read does not stop whoever receives it.
 *
 * @param bootstrapServers some of its brokers, host:port, separated by commas
 * @param settings further ones of all clients, such as {@code security.protocol}
 */
public record KafkaCluster(String bootstrapServers, Map<String, String> settings) {
    /** How long a fetch of tasks waits at the broker. */
    private static final int FETCH_WAIT_MILLIS = 50;

    /** How long a send may wait for a cluster that is away before the caller hears of it. */
    private static final int MAX_BLOCK_MILLIS = 10_000;

    private static final int DELIVERY_TIMEOUT_MILLIS = 30_000;
    private static final int REQUEST_TIMEOUT_MILLIS = 15_000;
    private static final int LONGEST_RECONNECT_MILLIS = 2_000;

    public KafkaCluster {
        Objects.requireNonNull(bootstrapServers, "bootstrapServers is null");
        settings = Map.copyOf(settings);
    }

    /** A cluster that asks for nothing but its address. */
    public static KafkaCluster at(String bootstrapServers) {
        return new KafkaCluster(bootstrapServers, Map.of());
    }

    /** Takes one record at a time, each to be acknowledged. */
    KafkaShareConsumer<byte[], byte[]> shareConsumer(String group) {
        Map<String, Object> configuration = configuration();
        configuration.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        configuration.put(ConsumerConfig.SHARE_ACKNOWLEDGEMENT_MODE_CONFIG, "explicit");
        configuration.put(ConsumerConfig.SHARE_ACQUIRE_MODE_CONFIG, "record_limit");
        configuration.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
        // The end of a transaction does not wake a waiting fetch: with the usual 500 ms every few tasks come that late.
        configuration.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MILLIS);
        return new KafkaShareConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Reads a topic for itself alone, without a group, as far as it is committed. */
    KafkaConsumer<byte[], byte[]> reader() {
        Map<String, Object> configuration = configuration();
        configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Writes so that what it says is written is on every replica, once. */
    KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> configuration = configuration();
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MILLIS);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MILLIS);
        return new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private Map<String, Object> configuration() {
        Map<String, Object> configuration = new HashMap<>(settings);
        configuration.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        configuration.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_RECONNECT_MILLIS);
        return configuration;
    }
}
