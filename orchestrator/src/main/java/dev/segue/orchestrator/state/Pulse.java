package dev.segue.orchestrator.state;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Signs of life of a song's tasks, and when its listeners heard of it last. None of it is stored: after a restart,
 * silence is counted from the restart.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
public final class Pulse {
    private final Map<Work, Sign> signs = new HashMap<>();
    private Instant lastProgress = Instant.EPOCH;
    private Instant lastPosition = Instant.EPOCH;
    private int position = -1;

    private record Sign(Instant at, int codes) {}

    /**
     * Takes note of a worker at work.
     *
     * @param codes that it has written
     */
    public void beat(Work work, Instant now, int codes) {
        signs.put(work, new Sign(now, codes));
    }

    /** When a worker last said that it is at work; if none did since the start, silence is counted from now on. */
    public Instant sinceOrNow(Work work, Instant now) {
        return signs.computeIfAbsent(work, unknown -> new Sign(now, 0)).at();
    }

    /** Codes that workers have written of windows of a level which are not finished. */
    public int codesUnderWay(int level) {
        return codesUnderWay(level, 0, Integer.MAX_VALUE);
    }

    /** The same of some windows of the level. */
    public int codesUnderWay(int level, int firstWindow, int windows) {
        return signs.entrySet().stream()
                .filter(sign -> sign.getKey().kind() == Work.Kind.SAMPLE
                        && sign.getKey().level() == level
                        && sign.getKey().index() >= firstWindow
                        && sign.getKey().index() - firstWindow < windows)
                .mapToInt(sign -> sign.getValue().codes())
                .sum();
    }

    /** Forgets what is known of work that is done, or is to be given out again. */
    public void forget(Work work) {
        signs.remove(work);
    }

    /** Whether {@code pause} has passed since progress was last told; if so, it counts as told now. */
    public boolean mayTellProgress(Instant now, Duration pause) {
        if (now.isBefore(lastProgress.plus(pause))) {
            return false;
        }
        lastProgress = now;
        return true;
    }

    /** Takes note that progress is told anyway. */
    public void toldProgress(Instant now) {
        lastProgress = now;
    }

    /** Whether the place in the queue is another one than was told, and {@code pause} has passed since. */
    public boolean mayTellPosition(int current, Instant now, Duration pause) {
        if (current == position || now.isBefore(lastPosition.plus(pause))) {
            return false;
        }
        position = current;
        lastPosition = now;
        return true;
    }
}
