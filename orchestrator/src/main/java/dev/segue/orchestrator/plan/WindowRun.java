package dev.segue.orchestrator.plan;

import java.util.List;

/**
 * Windows of one segment that follow each other and are given out as one task. All conditions of them exist; each but the
 * first is primed with codes that those before it write.
 *
 * @param windows at least one
 */
public record WindowRun(List<PlannedWindow> windows) {
    public WindowRun {
        windows = List.copyOf(windows);
        if (windows.isEmpty()) {
            throw new IllegalArgumentException("windows is empty but a run has at least one; give that one out");
        }
    }

    /** The one that all others wait for. */
    public PlannedWindow first() {
        return windows.get(0);
    }

    /** Those that come after the first one. */
    public List<PlannedWindow> following() {
        return windows.subList(1, windows.size());
    }
}
