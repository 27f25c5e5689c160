package dev.segue.worker.tasks;

import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;

/** Where a task's news go while it is being done. Safe for any thread; never waits. */
@FunctionalInterface
public interface Results<R extends SpecificRecord> {
    /**
     * Sends news of the task; they arrive in the order in which they were sent.
     *
     * @return done when the news are on every replica; failed if they could not be sent, so that whoever needs them to
     *     arrive sends them again
     */
    CompletableFuture<Void> send(R news);
}
