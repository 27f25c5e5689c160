package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import java.util.List;

/**
 * What is to be done at one level of a song.
 *
 * <p>The <em>canonical</em> codes are those of the song: of each segment those up to its end. Tails are not among them.
 *
 * @param level where its codes lie in time
 * @param totalCodes of the whole song
 * @param promptCodes codes at the beginning that exist before anything is sampled
 * @param segments in the order of time; they cover the level
 * @param windows those that have something to do, by number
 * @param seams where segments meet, in the order of time
 */
public record LevelPlan(
        Level level,
        int totalCodes,
        int promptCodes,
        List<SegmentPlan> segments,
        List<PlannedWindow> windows,
        List<PlannedSeam> seams) {

    public LevelPlan {
        segments = List.copyOf(segments);
        windows = List.copyOf(windows);
        seams = List.copyOf(seams);
    }

    /** Number of the level. */
    public int number() {
        return level.number();
    }

    /** Where canonical codes lie, in order. */
    public List<Piece> canonical(CodeRange range) {
        throw new UnsupportedOperationException();
    }

    /** Where the codes lie that a window is primed with, in order; all are of its own segment. */
    public List<Piece> context(PlannedWindow window) {
        throw new UnsupportedOperationException();
    }

    /** Where the codes of a seam's tail lie, in order. */
    public List<Piece> tail(PlannedSeam seam) {
        throw new UnsupportedOperationException();
    }
}
