package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;

/**
 * A place where two independently sampled segments meet.
 *
 * <p>Its sound takes two decodings: one of the canonical codes, and one in which the tail's codes stand in the place of
 * those at {@link #tail}. The two differ from a decoder's margin before {@link #at} on; where the tail ends, the canonical
 * one alone is heard.
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

    /**
     * Whether the two decodings of a seam differ within a range before the tail ends.
     *
     * @param margin codes on each side that the decoder's sound depends on
     */
    public boolean isHeardIn(CodeRange range, int margin) {
        return range.start() < tail.end() && at() - margin < range.end();
    }
}
