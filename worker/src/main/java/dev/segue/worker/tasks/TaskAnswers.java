package dev.segue.worker.tasks;

import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.telemetry.trace.Traces;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what became of tasks, and then says how to acknowledge them. Safe for any thread. */
final class TaskAnswers<T extends SpecificRecord, R extends SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(TaskAnswers.class);

    private final String topic;
    private final TaskHandler<T, R> handler;
    private final ResultPublisher<R> publisher;
    private final Delivery delivery;
    private final TaskMeters meters;

    TaskAnswers(TaskQueue<T, R> queue, TaskHandler<T, R> handler, ResultPublisher<R> publisher, TaskMeters meters) {
        this.topic = queue.tasks().name();
        this.handler = handler;
        this.publisher = publisher;
        this.delivery = new Delivery(publisher::closed, queue.results().name());
        this.meters = meters;
    }

    /** The task is done. */
    void publish(TaskInHand inHand, T task, R result) {
        delivery.insist(
                inHand,
                () -> publisher.publish(inHand, result),
                AcknowledgeType.ACCEPT,
                tooLarge -> fail(
                        inHand,
                        task,
                        FailureReason.INTERNAL,
                        false,
                        "the result is too large: " + tooLarge.getMessage()));
    }

    /** The task cannot be done, or not here. */
    void fail(TaskInHand inHand, T task, FailureReason reason, boolean retryable, String message) {
        meters.failed.increment();
        LOG.warn(
                "event=task_not_done song={} topic={} reason={} message=\"{}\"",
                inHand.songId(),
                topic,
                reason,
                message);
        publish(
                inHand,
                task,
                handler.failure(
                        task,
                        TaskFailure.newBuilder()
                                .setReason(reason)
                                .setMessage(message)
                                .setRetryable(retryable)
                                .build()));
    }

    /** The record is no task: it goes to the dead letters. */
    TaskInHand bury(ConsumerRecord<byte[], byte[]> record, String reason) {
        String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
        TaskInHand inHand = new TaskInHand(key, Traces.traceparent(record.headers()));
        LOG.warn(
                "event=task_unreadable song={} topic={} offset={} reason=\"{}\"",
                key,
                record.topic(),
                record.offset(),
                reason);
        delivery.insist(
                inHand,
                () -> publisher.deadLetter(record, reason).thenRun(meters.buried::increment),
                AcknowledgeType.REJECT,
                tooLarge -> {
                    LOG.error("event=dead_letter_lost song={} topic={}", key, record.topic(), tooLarge);
                    inHand.end(AcknowledgeType.REJECT);
                });
        return inHand;
    }
}
