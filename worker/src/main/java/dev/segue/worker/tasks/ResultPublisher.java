package dev.segue.worker.tasks;

import dev.segue.contracts.topic.Topic;
import dev.segue.contracts.wire.DeadLetterHeaders;
import dev.segue.telemetry.trace.Traces;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes results, and records that nobody can read. Any thread may send; one of its own serializes and hands over to the
 * producer, since both may wait for a registry or a cluster that is away, and keeps the order.
 */
final class ResultPublisher<R extends SpecificRecord> implements AutoCloseable {
    private static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final KafkaProducer<byte[], byte[]> producer;
    private final Topic<R> results;
    private final String deadLetters;
    private final Serializer<R> serializer;
    private final Clock clock;
    private final ExecutorService sender;

    ResultPublisher(
            KafkaProducer<byte[], byte[]> producer,
            Topic<R> results,
            String deadLetters,
            Serializer<R> serializer,
            Clock clock,
            String name) {
        this.producer = producer;
        this.results = results;
        this.deadLetters = deadLetters;
        this.serializer = serializer;
        this.clock = clock;
        this.sender = Executors.newSingleThreadExecutor(task -> new Thread(task, name + "-results"));
    }

    /** Writes a result of a task's song; done when it is on every replica. */
    CompletableFuture<Void> publish(TaskInHand task, R result) {
        return send(() -> {
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(
                    results.name(),
                    task.songId().getBytes(StandardCharsets.UTF_8),
                    serializer.serialize(results.name(), result));
            Traces.put(record.headers(), task.traceparent());
            return record;
        });
    }

    /** Writes a record as it came to the dead letters; done when it is on every replica. */
    CompletableFuture<Void> deadLetter(ConsumerRecord<byte[], byte[]> record, String reason) {
        return send(() -> {
            ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(deadLetters, record.key(), record.value());
            record.headers().forEach(header -> letter.headers().add(header));
            DeadLetterHeaders.add(
                    letter.headers(), record.topic(), record.partition(), record.offset(), reason, clock.instant());
            return letter;
        });
    }

    private CompletableFuture<Void> send(Supplier<ProducerRecord<byte[], byte[]>> record) {
        CompletableFuture<Void> written = new CompletableFuture<>();
        try {
            sender.execute(() -> write(record, written));
        } catch (RejectedExecutionException e) {
            written.completeExceptionally(new IllegalStateException("the worker is closed", e));
        }
        return written;
    }

    private void write(Supplier<ProducerRecord<byte[], byte[]>> record, CompletableFuture<Void> written) {
        try {
            Future<?> unused = producer.send(record.get(), (metadata, failure) -> {
                if (failure == null) {
                    written.complete(null);
                } else {
                    written.completeExceptionally(failure);
                }
            });
        } catch (RuntimeException e) {
            written.completeExceptionally(e);
        }
    }

    /** Whether nothing can be sent any more. */
    boolean closed() {
        return sender.isShutdown();
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            sender.shutdownNow();
            Thread.currentThread().interrupt();
        }
        producer.close(LAST_WORDS);
    }
}
