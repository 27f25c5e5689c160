package dev.segue.worker.tasks;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tasks that the lanes of a queue have begun. A task whose lock was lost while it was under way goes on: if it comes
 * back to any of these lanes, it is not begun again, and if it has ended by then, it is only acknowledged.
 *
 * <p>Any thread may call.
 */
final class TasksInHand {
    /** Tasks that ended after their lock was lost, and may yet come back. */
    private static final int REMEMBERED = 256;

    private final Map<TaskId, TaskInHand> tasks = new LinkedHashMap<>();
    private boolean over;

    /** The task; null if it was not begun. */
    synchronized TaskInHand get(TaskId id) {
        return tasks.get(id);
    }

    synchronized void put(TaskId id, TaskInHand task) {
        tasks.put(id, task);
        if (over) {
            task.giveUp();
        }
        long ended = tasks.values().stream().filter(TaskInHand::ended).count();
        Iterator<TaskInHand> oldest = tasks.values().iterator();
        while (ended > REMEMBERED) {
            if (oldest.next().ended()) {
                oldest.remove();
                ended--;
            }
        }
    }

    synchronized void forget(TaskId id) {
        tasks.remove(id);
    }

    synchronized int running() {
        return (int) tasks.values().stream().filter(task -> !task.ended()).count();
    }

    /** Leaves everything to others, also what a lane is just beginning. */
    synchronized void giveUp() {
        over = true;
        tasks.values().forEach(TaskInHand::giveUp);
    }
}
