package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;
import java.util.List;

/**
 * Codes that are turned into sound in one go.
 *
 * @param number among all ranges of its song, from 0: by level, the finest first, and then by time
 * @param level number of the level
 * @param range the codes whose sound is made
 * @param codes canonical codes that it takes: the range's tiles and a margin on each side
 * @param seams seams whose sound reaches into the range, in the order of time
 */
public record PlannedRange(int number, int level, CodeRange range, CodeRange codes, List<PlannedSeam> seams) {
    public PlannedRange {
        seams = List.copyOf(seams);
    }
}
