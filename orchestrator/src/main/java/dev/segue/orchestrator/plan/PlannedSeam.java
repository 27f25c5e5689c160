package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;

/**
 * A place where two independently sampled segments meet.
 *
 * @param level number of the level
 * @param segment number of the earlier segment
 * @param tail the codes that the earlier segment goes on with, at the place of the first ones of the later segment
 */
public record PlannedSeam(int level, int segment, CodeRange tail) {
    /** First code of the later segment. */
    public int at() {
        return tail.start();
    }
}
