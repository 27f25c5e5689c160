package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;
import java.util.List;

/**
 * How far a song's codes are. Immutable.
 *
 * <p>Invariant: the windows of one segment are given out and accepted one after the other, since each is primed with the
 * codes of those before it. Per segment a count of accepted windows and whether the next one is given out are thus all
 * there is to know.
 */
public final class Progress {
    /** A song of which nothing but its prompt exists. */
    public static Progress start(SongPlan plan) {
        throw new UnsupportedOperationException();
    }

    /**
     * What {@link #state} wrote.
     *
     * @throws IllegalArgumentException if it is not of this plan
     */
    public static Progress restore(SongPlan plan, List<Integer> state) {
        throw new UnsupportedOperationException();
    }

    /**
     * Everything there is to know: for each produced level, the finest first, and each of its segments twice the number of
     * accepted windows, plus one if the next window is given out.
     */
    public List<Integer> state() {
        throw new UnsupportedOperationException();
    }

    /** What this is the progress of. */
    public SongPlan plan() {
        throw new UnsupportedOperationException();
    }

    /**
     * Windows whose context and condition exist and that are not given out, the coarsest level first. O(segments of the
     * song).
     */
    public List<PlannedWindow> runnable() {
        throw new UnsupportedOperationException();
    }

    /** Windows that are given out and not accepted, the coarsest level first. */
    public List<PlannedWindow> running() {
        throw new UnsupportedOperationException();
    }

    /**
     * The song with a window given out.
     *
     * @throws IllegalArgumentException if it is not runnable
     */
    public Progress givenOut(int level, int window) {
        throw new UnsupportedOperationException();
    }

    /**
     * The song with a window taken back, because it is to be given out again.
     *
     * @throws IllegalArgumentException if it is not given out
     */
    public Progress takenBack(int level, int window) {
        throw new UnsupportedOperationException();
    }

    /**
     * Whether a window's result is waited for. A result of any other window is a second one or of no window of the song,
     * and must be dropped.
     */
    public boolean expects(int level, int window) {
        throw new UnsupportedOperationException();
    }

    /**
     * The song with a window's codes.
     *
     * @throws IllegalArgumentException if it is not {@link #expects expected}
     */
    public Progress accepted(int level, int window) {
        throw new UnsupportedOperationException();
    }

    /** How many windows of a level are accepted. */
    public int windowsDone(int level) {
        throw new UnsupportedOperationException();
    }

    /** How many canonical codes of a level exist, wherever they lie. */
    public int codes(int level) {
        throw new UnsupportedOperationException();
    }

    /** How many canonical codes of a level exist without a gap from its beginning. */
    public int codesDone(int level) {
        throw new UnsupportedOperationException();
    }

    /** Which canonical codes of a level exist, in order, with gaps between them. */
    public List<CodeRange> existing(int level) {
        throw new UnsupportedOperationException();
    }

    /** Whether all canonical codes of a range exist. */
    public boolean has(int level, CodeRange range) {
        throw new UnsupportedOperationException();
    }

    /** Whether all codes of a seam's tail exist. */
    public boolean has(PlannedSeam seam) {
        throw new UnsupportedOperationException();
    }

    /** Whether all windows of a level are accepted. */
    public boolean isDone(int level) {
        throw new UnsupportedOperationException();
    }

    /** Whether all windows of the song are accepted. */
    public boolean isDone() {
        throw new UnsupportedOperationException();
    }
}
