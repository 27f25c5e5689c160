package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;

/**
 * A place where two independently sampled segments meet.
 *
 * <p>Its sound is made of two decodings. One is of the canonical codes; in the other, tail codes stand in the place of
 * those at {@link #tail}. Up to {@link #at} the second is heard: the earlier segment going on as if there were no seam,
 * which differs from the first as far back as a decoder's margin. Over the tail the second fades into the first. Codes
 * beyond the tail are canonical in both; the second is nearly silent where they matter to it.
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
     * Whether a range's sound is another because of the tail.
     *
     * @param margin codes on each side that the decoder's sound depends on
     */
    public boolean isHeardIn(CodeRange range, int margin) {
        return range.start() < tail.end() && at() - margin < range.end();
    }
}
