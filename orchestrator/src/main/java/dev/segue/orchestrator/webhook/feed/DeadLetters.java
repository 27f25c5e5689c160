package dev.segue.orchestrator.webhook.feed;

import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.DeadLetterHeaders;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Keeps events that nobody could be told of where people find them.
 *
 * <p>Owned by one thread.
 */
public final class DeadLetters implements AutoCloseable {
    private final String topic;
    private final Clock clock;
    private final KafkaProducer<byte[], byte[]> producer;

    /**
     * Connects.
     *
     * @param kafka settings of Kafka's clients
     */
    public DeadLetters(Topics topics, Map<String, ?> kafka, Clock clock) {
        this.topic = topics.deadLetters().name();
        this.clock = Objects.requireNonNull(clock, "clock is null");
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * Topics.LARGEST_RECORD);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Keeps an event as it came.
     *
     * @throws KafkaException if it cannot be kept
     */
    public void put(ConsumerRecord<byte[], byte[]> event, String reason) {
        Headers headers = new RecordHeaders(event.headers());
        DeadLetterHeaders.add(headers, event.topic(), event.partition(), event.offset(), reason, clock.instant());
        try {
            producer.send(new ProducerRecord<>(topic, null, null, event.key(), event.value(), headers))
                    .get();
        } catch (ExecutionException e) {
            throw new KafkaException("a dead letter could not be written", e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
