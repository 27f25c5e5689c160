package dev.segue.worker.tasks;

import dev.segue.contracts.record.TaskFailure;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;

/**
 * Does tasks of one kind. Lanes call it, each from its own thread, so that as many tasks are under way as there are lanes.
 */
public interface TaskHandler<T extends SpecificRecord, R extends SpecificRecord> {
    /** The song that the task is part of. */
    String songId(T task);

    /** When its result is of no more use; empty for never. */
    Optional<Instant> deadline(T task);

    /** What traces call the task. */
    default String title(T task) {
        return "task";
    }

    /** What traces say of the task beside its song. */
    default Attributes describe(T task) {
        return Attributes.empty();
    }

    /**
     * Begins a task and returns soon; the work is done elsewhere.
     *
     * @param results where news go while it is being done
     * @return what became of it, which is then published, and only then is the task let go; empty if there is nothing to
     *     say, since the song was stopped. If it fails, {@link #failure} says so with {@link
     *     dev.segue.contracts.record.FailureReason#INTERNAL}. A lane that has to give up a task cancels it: whoever does
     *     the work looks for that often and leaves it
     */
    CompletableFuture<Optional<R>> begin(T task, Results<R> results);

    /** The result that says that the task was not done. */
    R failure(T task, TaskFailure failure);
}
