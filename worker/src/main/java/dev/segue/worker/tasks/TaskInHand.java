package dev.segue.worker.tasks;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.AcknowledgeType;

/**
 * A task that was begun: its work, and how the record is to be acknowledged once that is over and published. Lanes and
 * those who do the work share it.
 */
final class TaskInHand {
    private final String songId;
    private final String traceparent;
    private final CompletableFuture<AcknowledgeType> ending = new CompletableFuture<>();
    private volatile Future<?> work = CompletableFuture.completedFuture(null);

    /**
     * A task that nothing was done of.
     *
     * @param traceparent W3C trace context that what follows from it belongs to; null for none
     */
    TaskInHand(String songId, String traceparent) {
        this.songId = songId;
        this.traceparent = traceparent;
    }

    String traceparent() {
        return traceparent;
    }

    String songId() {
        return songId;
    }

    /** Tells what is to be cancelled when the task is given up. */
    void working(Future<?> future) {
        work = future;
        if (ending.isDone()) {
            future.cancel(true);
        }
    }

    void end(AcknowledgeType acknowledgement) {
        ending.complete(acknowledgement);
    }

    /** Leaves the work to others. */
    void giveUp() {
        if (ending.complete(AcknowledgeType.RELEASE)) {
            work.cancel(true);
        }
    }

    boolean ended() {
        return ending.isDone();
    }

    CompletableFuture<AcknowledgeType> ending() {
        return ending;
    }
}
