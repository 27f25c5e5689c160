package dev.segue.contracts.client;

import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.contracts.wire.UnreadableRecordException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Committed records of a topic from a place in it on. It joins no group and commits nothing, so that any number of readers
 * see everything and leave nothing behind.
 *
 * <p>Owned by one thread.
 */
public final class TopicReader<T extends SpecificRecord> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicReader.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Cluster cluster;
    private final Topic<T> topic;
    private final List<TopicPartition> partition;
    private final Predicate<String> keys;
    private final AvroFormat format;
    private final Deserializer<T> values;
    private final Consumer<String, byte[]> consumer;

    /**
     * Stands at the beginning of a topic.
     *
     * @param keys which records to read; others are passed over unread
     * @throws ClusterException if the cluster does not answer, or Segue is not set up there
     */
    public TopicReader(Cluster cluster, Topic<T> topic, Predicate<String> keys) throws ClusterException {
        this.cluster = cluster;
        this.topic = topic;
        this.partition = List.of(new TopicPartition(topic.name(), 0));
        this.keys = keys;
        this.format = new AvroFormat(cluster.registry());
        this.values = format.deserializer(topic);
        Map<String, Object> settings = cluster.clientSettings();
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", "false");
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            start();
        } catch (ClusterException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start() throws ClusterException {
        try {
            if (consumer.partitionsFor(topic.name()).isEmpty()) {
                throw new ClusterException(
                        "the cluster at " + cluster.bootstrapServers() + " has no topic " + topic.name()
                                + "; start segue serve or the orchestrator there, or name another --topic-prefix",
                        null);
            }
        } catch (TimeoutException e) {
            throw cluster.silent(e);
        }
        consumer.assign(partition);
        toBeginning();
    }

    /** Goes back to the first record that is kept. */
    public void toBeginning() {
        consumer.seekToBeginning(partition);
    }

    /** Passes over all that is there; what comes from now on is not missed, however late it is read. */
    public void toEnd() {
        consumer.seekToEnd(partition);
        // Otherwise the end is looked up later, and what comes until then is missed.
        consumer.position(partition.get(0));
    }

    /**
     * The records that came, in their order.
     *
     * @param patience how long to wait for the first
     * @throws TimeoutException if the registry does not answer; nothing is passed over, so that it can be tried again
     */
    public List<T> next(Duration patience) {
        return entries(patience).stream()
                .map(Entry::value)
                .filter(Objects::nonNull)
                .toList();
    }

    /** One record of a compacted topic. */
    public record Entry<T>(String key, T value) {
        /** Whether what stood under its key was taken back: {@link #value} is null then. */
        public boolean isWithdrawn() {
            return value == null;
        }
    }

    /**
     * The same, with their keys and with what was withdrawn.
     *
     * @param patience how long to wait for the first
     * @throws TimeoutException if the registry does not answer; nothing is passed over, so that it can be tried again
     */
    public List<Entry<T>> entries(Duration patience) {
        List<Entry<T>> entries = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
            if (record.key() != null && keys.test(record.key())) {
                try {
                    read(record, entries);
                } catch (RuntimeException e) {
                    consumer.seek(partition.get(0), record.offset());
                    if (entries.isEmpty()) {
                        throw e;
                    }
                    break;
                }
            }
        }
        return entries;
    }

    /** Behind the last record that there is at this moment. */
    public long end() {
        return consumer.endOffsets(partition).get(partition.get(0));
    }

    /** Where the next record is read. */
    public long position() {
        return consumer.position(partition.get(0));
    }

    private void read(ConsumerRecord<String, byte[]> record, List<Entry<T>> into) {
        try {
            into.add(new Entry<>(
                    record.key(), record.value() == null ? null : values.deserialize(topic.name(), record.value())));
        } catch (UnreadableRecordException e) {
            LOG.warn(
                    "event=unreadable_record topic={} song={} offset={} reason=\"{}\"",
                    topic.name(),
                    record.key(),
                    record.offset(),
                    e.reason());
        }
    }

    /** All records from the beginning to this moment. */
    public List<T> upToNow() {
        long end = end();
        toBeginning();
        List<T> records = new ArrayList<>();
        while (position() < end) {
            records.addAll(next(BETWEEN_LOOKS));
        }
        return records;
    }

    @Override
    public void close() {
        consumer.close();
        try {
            format.close();
        } catch (IOException e) {
            LOG.warn("event=registry_client_not_closed reason=\"{}\"", e.getMessage());
        }
    }
}
