package dev.segue.worker.tasks;

import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.wire.UnreadableRecordException;
import dev.segue.telemetry.trace.Traces;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what becomes of a record and sees it through: read, begin, answer with what came of it.
 *
 * <p>Longer than most classes, since every way in which a record can begin and end is here.
 *
 * <p>Lanes call it, each from its own thread; what follows the work runs where the work ended.
 */
final class TaskStart<T extends SpecificRecord, R extends SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(TaskStart.class);

    private static final AttributeKey<String> SONG = AttributeKey.stringKey("segue.song");
    private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> ACKNOWLEDGEMENT = AttributeKey.stringKey("segue.acknowledgement");

    private final TaskQueue<T, R> queue;
    private final Deserializer<T> deserializer;
    private final TaskHandler<T, R> handler;
    private final ResultPublisher<R> publisher;
    private final TaskAnswers<T, R> answers;
    private final StoppedSongs stopped;
    private final int deliveryLimit;
    private final Clock clock;
    private final TaskMeters meters;
    private final Traces traces;

    TaskStart(
            TaskQueue<T, R> queue,
            Deserializer<T> deserializer,
            TaskHandler<T, R> handler,
            ResultPublisher<R> publisher,
            StoppedSongs stopped,
            int deliveryLimit,
            Clock clock,
            TaskMeters meters,
            Traces traces) {
        this.queue = queue;
        this.deserializer = deserializer;
        this.handler = handler;
        this.publisher = publisher;
        this.answers = new TaskAnswers<>(queue, handler, publisher, meters);
        this.stopped = stopped;
        this.deliveryLimit = deliveryLimit;
        this.clock = clock;
        this.meters = meters;
        this.traces = traces;
    }

    /** Waits until it is known which songs are stopped. */
    boolean awaitReady(Duration patience) throws InterruptedException {
        return stopped.awaitRead(patience);
    }

    /** Whether this is the last time that the broker gives the record out: whoever releases it loses it. */
    boolean last(ConsumerRecord<byte[], byte[]> record) {
        return record.deliveryCount().orElse((short) 1) >= deliveryLimit;
    }

    /**
     * Begins a task.
     *
     * @throws org.apache.kafka.common.errors.RetriableException if the record cannot be read now, but later
     */
    TaskInHand begin(ConsumerRecord<byte[], byte[]> record) {
        T task;
        try {
            task = deserializer.deserialize(queue.tasks().name(), record.value());
        } catch (UnreadableRecordException e) {
            return answers.bury(record, e.reason());
        }
        String songId = handler.songId(task);
        String origin = Traces.traceparent(record.headers());
        Span span = traces.span(handler.title(task), SpanKind.CONSUMER, origin)
                .setAllAttributes(handler.describe(task))
                .setAttribute(SONG, songId)
                .setAttribute(TOPIC, record.topic())
                .startSpan();
        TaskInHand inHand = new TaskInHand(songId, Traces.traceparent(span, origin));
        CompletableFuture<?> unused = inHand.ending()
                .thenAccept(acknowledgement -> span.setAttribute(ACKNOWLEDGEMENT, acknowledgement.toString())
                        .end());
        if (stopped.contains(songId)) {
            meters.skipped.increment();
            LOG.info("event=task_skipped song={} topic={} reason=stopped", songId, record.topic());
            inHand.end(AcknowledgeType.ACCEPT);
        } else if (last(record)) {
            answers.fail(
                    inHand,
                    task,
                    FailureReason.WORKER_LOST,
                    true,
                    "the task was given out " + deliveryLimit
                            + " times and nobody answered; those who took it went away");
        } else if (isOver(task)) {
            meters.skipped.increment();
            answers.fail(inHand, task, FailureReason.DEADLINE, false, "the deadline passed before the work began");
        } else {
            try (Scope scope = span.makeCurrent()) {
                work(inHand, task);
            }
        }
        return inHand;
    }

    private boolean isOver(T task) {
        Optional<Instant> deadline = handler.deadline(task);
        return deadline.isPresent() && clock.instant().isAfter(deadline.get());
    }

    private void work(TaskInHand inHand, T task) {
        meters.taken.increment();
        CompletableFuture<Optional<R>> work;
        try {
            work = handler.begin(task, news -> publisher.publish(inHand, news));
        } catch (RuntimeException e) {
            work = CompletableFuture.failedFuture(e);
        }
        inHand.working(work);
        CompletableFuture<?> unused = work.handle((result, failure) -> {
                    if (failure != null) {
                        worked(inHand, task, failure);
                    } else if (result.isEmpty()) {
                        inHand.end(AcknowledgeType.ACCEPT);
                    } else {
                        answers.publish(inHand, task, result.get());
                    }
                    return null;
                })
                .exceptionally(mistake -> {
                    // A mistake in the above, or in the handler: another worker may do better.
                    LOG.error("event=task_not_ended song={}", inHand.songId(), mistake);
                    inHand.giveUp();
                    return null;
                });
    }

    private void worked(TaskInHand inHand, T task, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof CancellationException) {
            inHand.end(AcknowledgeType.RELEASE);
            return;
        }
        LOG.error(
                "event=task_failed song={} topic={}",
                inHand.songId(),
                queue.tasks().name(),
                cause);
        answers.fail(inHand, task, FailureReason.INTERNAL, true, cause.toString());
    }
}
