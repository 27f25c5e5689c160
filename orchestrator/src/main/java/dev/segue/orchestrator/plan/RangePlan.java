package dev.segue.orchestrator.plan;

import dev.segue.contracts.model.VqVaeShape;
import java.util.List;
import java.util.Optional;

/**
 * The ranges in which the codes of a song are turned into sound. Every produced level is: the finest is what the song is
 * composed of, the others are heard before it exists.
 *
 * @param ranges by number
 */
public record RangePlan(List<PlannedRange> ranges) {
    public RangePlan {
        ranges = List.copyOf(ranges);
    }

    /** Cuts every produced level of a song. */
    public static RangePlan of(SongPlan plan, VqVaeShape shape) {
        throw new UnsupportedOperationException();
    }

    /** Ranges whose codes exist and that are not given out, the coarsest level first. O(ranges). */
    public List<PlannedRange> ready(Progress progress, RangeProgress ranges) {
        throw new UnsupportedOperationException();
    }

    /** The ranges of a level, in the order of time. */
    public List<PlannedRange> level(int level) {
        throw new UnsupportedOperationException();
    }

    /** The range of a level that begins at a code. */
    public Optional<PlannedRange> at(int level, int start) {
        throw new UnsupportedOperationException();
    }
}
