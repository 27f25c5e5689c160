package dev.segue.worker.tasks;

import dev.segue.contracts.topic.Topic;
import java.util.Objects;
import org.apache.avro.specific.SpecificRecord;

/**
 * Work of one kind.
 *
 * @param tasks where it is given out
 * @param results where it is answered
 * @param group of the workers that share it
 */
public record TaskQueue<T extends SpecificRecord, R extends SpecificRecord>(
        Topic<T> tasks, Topic<R> results, String group) {
    public TaskQueue {
        Objects.requireNonNull(tasks, "tasks is null");
        Objects.requireNonNull(results, "results is null");
        Objects.requireNonNull(group, "group is null");
    }
}
