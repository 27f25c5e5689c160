package dev.segue.worker.generation;

import dev.segue.contracts.topic.LevelPool;
import dev.segue.worker.tasks.TaskCounts;
import java.util.Map;

/**
 * What a generation worker has done since it started. Immutable.
 *
 * @param tasks what the lanes of each pool did
 * @param windows windows that were finished
 * @param codes codes that were sampled, those of unfinished windows too
 * @param windowsLeft windows that were left before their end: their song was stopped or they were given up
 * @param aligned songs whose lyrics were aligned
 * @param failed tasks that could not be done
 * @param loads levels of models that were loaded
 * @param slotsInUse slots that hold a window now
 * @param waiting tasks that wait for a slot or a model
 */
public record GenerationCounts(
        Map<LevelPool, TaskCounts> tasks,
        long windows,
        long codes,
        long windowsLeft,
        long aligned,
        long failed,
        long loads,
        int slotsInUse,
        int waiting) {
    public GenerationCounts {
        tasks = Map.copyOf(tasks);
    }
}
