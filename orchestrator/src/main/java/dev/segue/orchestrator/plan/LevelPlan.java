package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import java.util.ArrayList;
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

    /**
     * Where canonical codes lie, in order.
     *
     * @throws IllegalArgumentException if the song does not have them
     */
    public List<Piece> canonical(CodeRange range) {
        if (range.end() > totalCodes) {
            throw new IllegalArgumentException("codes " + range + " of level " + number()
                    + " are asked for, but the song has " + totalCodes + "; ask for those");
        }
        List<Piece> pieces = new ArrayList<>();
        for (SegmentPlan segment : segments) {
            int from = Math.max(range.start(), segment.codes().start());
            int to = Math.min(range.end(), segment.codes().end());
            if (from < to) {
                addPieces(segment, from, to, pieces);
            }
        }
        return List.copyOf(pieces);
    }

    /** Where the codes lie that a window is primed with, in order; all are of its own segment or of the prompt. */
    public List<Piece> context(PlannedWindow window) {
        return pieces(segments.get(window.segment()), window.window().context());
    }

    /** Where the codes of a seam's tail lie, in order. */
    public List<Piece> tail(PlannedSeam seam) {
        return pieces(segments.get(seam.segment()), seam.tail());
    }

    private List<Piece> pieces(SegmentPlan segment, CodeRange range) {
        List<Piece> pieces = new ArrayList<>();
        addPieces(segment, range.start(), range.end(), pieces);
        return List.copyOf(pieces);
    }

    /** Codes [from, to) as the segment has them, its tail included. */
    private void addPieces(SegmentPlan segment, int from, int to, List<Piece> pieces) {
        int next = from;
        if (next < Math.min(to, promptCodes)) {
            int end = Math.min(to, promptCodes);
            pieces.add(new Piece(Piece.PROMPT, new CodeRange(next, end), next));
            next = end;
        }
        for (int number = firstWriting(segment, next); next < to; number++) {
            CodeRange added = windows.get(number).window().added();
            int end = Math.min(to, added.end());
            pieces.add(new Piece(number, new CodeRange(next, end), next - added.start()));
            next = end;
        }
    }

    /** The window of a segment that writes a code: windows write one after the other, without gaps. */
    private int firstWriting(SegmentPlan segment, int code) {
        int low = segment.firstWindow();
        int high = segment.firstWindow() + segment.windows();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (windows.get(middle).window().added().end() <= code) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
