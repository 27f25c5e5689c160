package dev.segue.worker.tasks;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what became of a task until it has arrived: what was not published must not be acknowledged. Any thread may call.
 *
 * @param closed whether nobody can send any more
 * @param topic of results, for the log
 */
record Delivery(BooleanSupplier closed, String topic) {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /**
     * Sends again and again, with pauses, until it has arrived or the task was given up.
     *
     * @param send tries once
     * @param then how the task is acknowledged when it has arrived
     * @param never takes what can never arrive
     */
    void insist(
            TaskInHand task,
            Supplier<CompletableFuture<Void>> send,
            AcknowledgeType then,
            Consumer<RecordTooLargeException> never) {
        CompletableFuture<?> unused = send.get().whenComplete((nothing, failure) -> {
            if (failure == null) {
                task.end(then);
            } else if (failure instanceof RecordTooLargeException tooLarge) {
                never.accept(tooLarge);
            } else if (closed.getAsBoolean() || task.ended()) {
                task.giveUp();
            } else {
                LOG.warn(
                        "event=result_not_published song={} topic={} reason=\"{}\"",
                        task.songId(),
                        topic,
                        failure.toString());
                CompletableFuture.delayedExecutor(BETWEEN_TRIES.toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> insist(task, send, then, never));
            }
        });
    }
}
