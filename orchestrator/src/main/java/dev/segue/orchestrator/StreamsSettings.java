package dev.segue.orchestrator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.streams.StreamsConfig;

/** What Kafka Streams is configured with, beside its defaults. */
final class StreamsSettings {
    /** A result is committed, and the tasks that follow from it are seen by workers, soon after it came. */
    private static final int COMMIT_MILLIS = 20;

    private static final int POLL_MILLIS = 10;

    /** An open transaction holds up workers, so that a dead orchestrator's ends soon. */
    private static final int TRANSACTION_MILLIS = 10_000;

    /** Dead letters hold records of the largest size, and headers; the rest is far smaller. */
    private static final int LARGEST_REQUEST = 8 << 20;

    private StreamsSettings() {}

    static Properties of(OrchestratorConfig config, Optional<String> endpoint) {
        Properties settings = new Properties();
        settings.putAll(config.kafka());
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, config.applicationId());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        settings.put(StreamsConfig.GROUP_PROTOCOL_CONFIG, "streams");
        // The other members of the group learn it, with who has the work.
        endpoint.ifPresent(own -> settings.put(StreamsConfig.APPLICATION_SERVER_CONFIG, own));
        settings.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, 1);
        settings.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, config.replicas() == 0 ? -1 : config.replicas());
        settings.putIfAbsent(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, COMMIT_MILLIS);
        settings.putIfAbsent(StreamsConfig.POLL_MS_CONFIG, POLL_MILLIS);
        settings.put(producer(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG), TRANSACTION_MILLIS);
        settings.put(producer(ProducerConfig.MAX_REQUEST_SIZE_CONFIG), LARGEST_REQUEST);
        settings.putIfAbsent(producer(ProducerConfig.LINGER_MS_CONFIG), 0);
        // So much of one topic at a time that a long song's codes never lie in memory twice.
        settings.putIfAbsent(
                StreamsConfig.mainConsumerPrefix(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG), 4 << 20);
        return settings;
    }

    /** Settings that the group has in the cluster; they are the same for all its members. */
    static Map<String, String> group(OrchestratorConfig config) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("streams.num.standby.replicas", Integer.toString(config.standbys()));
        settings.put("streams.initial.rebalance.delay.ms", "0");
        settings.put("streams.heartbeat.interval.ms", "1000");
        settings.put("streams.session.timeout.ms", "6000");
        return settings;
    }

    private static String producer(String key) {
        return StreamsConfig.producerPrefix(key);
    }
}
