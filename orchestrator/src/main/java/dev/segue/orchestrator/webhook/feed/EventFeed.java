package dev.segue.orchestrator.webhook.feed;

import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.contracts.wire.UnreadableRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events of songs, each until it needs no more telling. Of all orchestrators one has them, since their topic has one
 * partition; another goes on when it stops, from what is committed. Larger than most classes, since reading, losing the
 * partition and committing share one consumer and one ledger.
 *
 * <p>Owned by one thread.
 */
public final class EventFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);
    private static final int AT_ONCE = 200;

    private final TopicPartition partition;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Deserializer<SongEvent> deserializer;
    private OffsetLedger ledger;
    private OffsetAndMetadata committed;
    private int assignment;

    /** An event and the record that it came in. */
    public record Told(SongEvent event, ConsumerRecord<byte[], byte[]> record) {}

    /**
     * Joins the group.
     *
     * @param kafka settings of Kafka's clients
     */
    public EventFeed(Topics topics, AvroFormat avro, Map<String, ?> kafka) {
        Objects.requireNonNull(topics, "topics is null");
        this.partition = new TopicPartition(topics.songEvents().name(), 0);
        this.deserializer = avro.deserializer(topics.songEvents());
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, topics.prefix() + "webhooks");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, AT_ONCE);
        settings.putIfAbsent(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 10_000);
        settings.putIfAbsent(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 3_000);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(partition.topic()), new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                commit();
                forget();
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                forget();
            }

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                if (partitions.contains(partition)) {
                    begin();
                }
            }
        });
    }

    private void begin() {
        committed = consumer.committed(Set.of(partition)).get(partition);
        ledger = OffsetLedger.of(committed);
        assignment++;
        LOG.info("event=webhooks_begin offset={}", committed == null ? 0 : committed.offset());
    }

    private void forget() {
        ledger = null;
        assignment++;
    }

    /** Grows whenever another orchestrator may have had the events meanwhile, so that what is under way counts no more. */
    public int assignment() {
        return assignment;
    }

    /**
     * Waits for events that are not told yet.
     *
     * @param more whether there is room for any
     * @throws org.apache.kafka.common.errors.TimeoutException if the registry does not answer
     */
    public List<Told> poll(boolean more, Duration wait) {
        if (ledger != null) {
            if (more) {
                consumer.resume(Set.of(partition));
            } else {
                consumer.pause(Set.of(partition));
            }
        }
        List<Told> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(wait)) {
            if (ledger.take(record.offset())) {
                Optional<SongEvent> event = read(record);
                if (event.isPresent()) {
                    events.add(new Told(event.get(), record));
                } else {
                    ledger.settle(record.offset());
                }
            }
        }
        return events;
    }

    private Optional<SongEvent> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            return Optional.of(deserializer.deserialize(record.topic(), record.value()));
        } catch (UnreadableRecordException e) {
            LOG.warn("event=unreadable_event offset={} reason=\"{}\"", record.offset(), e.getMessage());
            return Optional.empty();
        }
    }

    /** An event needs no more telling. */
    public void settle(long offset) {
        if (ledger != null) {
            ledger.settle(offset);
        }
    }

    /** Lets what is settled not come again. */
    public void commit() {
        if (ledger == null) {
            return;
        }
        OffsetAndMetadata position = ledger.position();
        if (!position.equals(committed)) {
            consumer.commitSync(Map.of(partition, position));
            committed = position;
        }
    }

    /** Leaves the group, so that another goes on at once. */
    @Override
    public void close() {
        consumer.close();
    }
}
