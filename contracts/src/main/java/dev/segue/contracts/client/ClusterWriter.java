package dev.segue.contracts.client;

import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.wire.AvroFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes records, and returns when the cluster has them. Safe for any number of threads. */
final class ClusterWriter implements AutoCloseable {
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(5);

    private final Cluster cluster;
    private final AvroFormat format;
    private final Producer<String, SpecificRecord> producer;

    ClusterWriter(Cluster cluster) {
        this.cluster = cluster;
        this.format = new AvroFormat(cluster.registry());
        Map<String, Object> settings = cluster.clientSettings();
        settings.put("acks", "all");
        settings.put("linger.ms", "0");
        settings.put("max.block.ms", Integer.toString(Cluster.PATIENCE_MILLIS));
        settings.put("delivery.timeout.ms", Integer.toString(2 * Cluster.PATIENCE_MILLIS));
        this.producer = new KafkaProducer<>(settings, new StringSerializer(), format.serializer());
    }

    /**
     * Writes one record.
     *
     * @throws RecordTooLargeException if the cluster does not take one of its size
     * @throws ClusterException if the cluster or the registry does not answer
     */
    <T extends SpecificRecord> void write(Topic<T> topic, String key, T value)
            throws ClusterException, InterruptedException {
        write(topic, key, value, Map.of());
    }

    /**
     * Writes one record with headers.
     *
     * @throws RecordTooLargeException if the cluster does not take one of its size
     * @throws ClusterException if the cluster or the registry does not answer
     */
    <T extends SpecificRecord> void write(Topic<T> topic, String key, T value, Map<String, String> headers)
            throws ClusterException, InterruptedException {
        ProducerRecord<String, SpecificRecord> record = new ProducerRecord<>(topic.name(), key, value);
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw translated(e.getCause(), topic);
        } catch (KafkaException e) {
            throw translated(e, topic);
        }
    }

    private ClusterException translated(Throwable failure, Topic<?> topic) {
        if (failure instanceof RecordTooLargeException tooLarge) {
            throw tooLarge;
        }
        if (failure instanceof TimeoutException) {
            return cluster.silent(failure);
        }
        if (failure instanceof SerializationException) {
            Throwable root = failure;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            return new ClusterException(
                    "the schema registry at " + cluster.registry().url() + " does not tell the schema of "
                            + topic.subject() + " (" + root.getMessage() + "); start segue serve, or name another with"
                            + " --registry-url",
                    failure);
        }
        return new ClusterException(
                "the cluster at " + cluster.bootstrapServers() + " does not take a record of " + topic.name() + ": "
                        + failure.getMessage(),
                failure);
    }

    @Override
    public void close() throws IOException {
        producer.close(CLOSE_LIMIT);
        format.close();
    }
}
