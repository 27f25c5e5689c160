package dev.segue.standalone.songs;

import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.contracts.wire.UnreadableRecordException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * What happens to songs, in its order: committed events from a place in the topic on. It joins no group and commits
 * nothing, so that any number of watchers see everything and leave nothing behind.
 *
 * <p>Owned by one thread.
 */
public final class SongEvents implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SongEvents.class);

    private final Optional<String> song;
    private final Topic<SongEvent> topic;
    private final TopicPartition partition;
    private final AvroFormat format;
    private final Deserializer<SongEvent> values;
    private final Consumer<String, byte[]> consumer;

    /** Where to begin. */
    public enum From {
        /** With the first event that is kept. */
        BEGINNING,
        /** With the first that comes after this moment. */
        NOW
    }

    /**
     * Begins to follow; what happens from now on is not missed, however late the first {@link #next}.
     *
     * @param song the only one to hear of; empty for all
     * @throws ClusterException if the cluster does not answer, or Segue is not set up there
     */
    public SongEvents(Cluster cluster, From from, Optional<String> song) throws ClusterException {
        this.song = song;
        this.topic = cluster.topics().songEvents();
        this.partition = new TopicPartition(topic.name(), 0);
        this.format = new AvroFormat(cluster.registry());
        this.values = format.deserializer(topic);
        Map<String, Object> settings = cluster.clientSettings();
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "earliest");
        settings.put("allow.auto.create.topics", "false");
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
        try {
            start(cluster, from);
        } catch (TimeoutException e) {
            close();
            throw new ClusterException(cluster.silence(), e);
        } catch (ClusterException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private void start(Cluster cluster, From from) throws ClusterException {
        if (consumer.partitionsFor(topic.name()).isEmpty()) {
            throw new ClusterException(
                    "the cluster at " + cluster.bootstrapServers() + " has no topic " + topic.name()
                            + "; start segue serve or the orchestrator there, or name another --topic-prefix",
                    null);
        }
        consumer.assign(List.of(partition));
        if (from == From.BEGINNING) {
            rewind();
        } else {
            consumer.seekToEnd(List.of(partition));
            // Otherwise the end is looked up later, and what happens until then is missed.
            consumer.position(partition);
        }
    }

    /** Goes back to the first event that is kept. */
    public void rewind() {
        consumer.seekToBeginning(List.of(partition));
    }

    /**
     * The events that came, in their order.
     *
     * @param patience how long to wait for the first
     * @throws TimeoutException if the registry does not answer
     */
    public List<SongEvent> next(Duration patience) {
        List<SongEvent> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
            if (song.isEmpty() || song.get().equals(record.key())) {
                read(record).ifPresent(events::add);
            }
        }
        return events;
    }

    private Optional<SongEvent> read(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(values.deserialize(topic.name(), record.value()));
        } catch (UnreadableRecordException e) {
            LOG.warn(
                    "event=unreadable_song_event song={} offset={} reason=\"{}\"",
                    record.key(),
                    record.offset(),
                    e.reason());
            return Optional.empty();
        }
    }

    /** All events from the beginning to this moment. */
    public List<SongEvent> upToNow() {
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        rewind();
        List<SongEvent> events = new ArrayList<>();
        while (consumer.position(partition) < end) {
            events.addAll(next(Duration.ofMillis(200)));
        }
        return events;
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
