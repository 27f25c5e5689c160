package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * How far a song's codes are. Immutable; a step copies a few numbers for each segment, however many windows there are.
 *
 * <p>Invariant: the windows of one segment are accepted one after the other, since each is primed with the codes of those
 * before it; what is given out of them is one run that begins with the first one that is not accepted. Per segment a
 * count of accepted windows and one of those that are given out beyond them are thus all there is to know. Larger than most classes because everything that is asked of this state is asked here.
 */
public final class Progress {
    private final SongPlan plan;
    /** Per lane, a segment of a level, the finest level first. */
    private final int[] accepted;

    /** Per lane the windows that are given out and not accepted. */
    private final int[] out;

    private Progress(SongPlan plan, int[] accepted, int[] out) {
        this.plan = plan;
        this.accepted = accepted;
        this.out = out;
    }

    /** A song of which nothing but its prompt exists. */
    public static Progress start(SongPlan plan) {
        int lanes = lanes(plan);
        return new Progress(plan, new int[lanes], new int[lanes]);
    }

    /**
     * What {@link #state} wrote.
     *
     * @throws IllegalArgumentException if it is not of this plan
     */
    public static Progress restore(SongPlan plan, List<Integer> state) {
        int lanes = lanes(plan);
        if (state.size() != 2 * lanes) {
            throw new IllegalArgumentException("state of song " + plan.songId() + " has " + state.size()
                    + " numbers, but its plan has " + lanes + " segments, which take two each; it was written for"
                    + " another plan");
        }
        Progress restored = start(plan);
        int lane = 0;
        for (LevelPlan level : plan.levels()) {
            for (SegmentPlan segment : level.segments()) {
                int accepted = state.get(2 * lane);
                int out = state.get(2 * lane + 1);
                if (accepted < 0 || out < 0 || (long) accepted + out > segment.windows()) {
                    throw new IllegalArgumentException("state of song " + plan.songId() + " has " + accepted + " and "
                            + out + " for segment " + segment.number() + " of level " + level.number()
                            + ", but that has " + segment.windows() + " windows; it was written for another plan");
                }
                restored.accepted[lane] = accepted;
                restored.out[lane] = out;
                lane++;
            }
        }
        return restored;
    }

    /**
     * Everything there is to know: for each produced level, the finest first, and each of its segments the number of
     * accepted windows and that of windows given out beyond those.
     */
    public List<Integer> state() {
        List<Integer> state = new ArrayList<>(2 * accepted.length);
        for (int lane = 0; lane < accepted.length; lane++) {
            state.add(accepted[lane]);
            state.add(out[lane]);
        }
        return List.copyOf(state);
    }

    /** What this is the progress of. */
    public SongPlan plan() {
        return plan;
    }

    /**
     * Windows whose context and condition exist in segments of which nothing is given out, the coarsest level first.
     * O(segments of the song).
     */
    public List<PlannedWindow> runnable() {
        return runs(RunLimit.ONE_WINDOW).stream().map(WindowRun::first).toList();
    }

    /**
     * What can be given out: of each segment of which nothing is, the next window whose context and condition exist, and
     * those after it whose conditions exist too, as far as a limit allows; the coarsest level first. O(segments of the
     * song + windows of the runs).
     */
    public List<WindowRun> runs(RunLimit limit) {
        List<WindowRun> runs = new ArrayList<>();
        for (PlannedWindow first : next(lane -> out[lane] == 0)) {
            List<PlannedWindow> rest = rest(first);
            int windows = limit.windows(
                    () -> rest.stream().takeWhile(this::conditionExists).iterator());
            if (windows > 0) {
                runs.add(new WindowRun(rest.subList(0, windows)));
            }
        }
        return List.copyOf(runs);
    }

    /**
     * Of each segment of which something is given out the first window that is not accepted, the coarsest level first.
     * O(segments of the song).
     */
    public List<PlannedWindow> running() {
        return next(lane -> out[lane] > 0);
    }

    /**
     * What is given out and not accepted of the segment of a window; empty if nothing is.
     *
     * @throws IllegalArgumentException if there is no such window
     */
    public Optional<WindowRun> run(int level, int window) {
        int lane = lane(level, window);
        if (out[lane] == 0) {
            return Optional.empty();
        }
        LevelPlan planned = plan.level(level);
        int first =
                planned.segments().get(planned.windows().get(window).segment()).firstWindow() + accepted[lane];
        return Optional.of(new WindowRun(planned.windows().subList(first, first + out[lane])));
    }

    /**
     * The song with a window given out.
     *
     * @throws IllegalArgumentException if it is not runnable
     */
    public Progress givenOut(int level, int window) {
        int lane = lane(level, window);
        return givenOut(level, window, lane, 1);
    }

    /**
     * The song with a run given out.
     *
     * @throws IllegalArgumentException if it is not one of {@link #runs}
     */
    public Progress givenOut(WindowRun run) {
        int level = run.first().level();
        int window = run.first().number();
        int count = run.windows().size();
        int lane = lane(level, window);
        List<PlannedWindow> rest = rest(run.first());
        if (count > rest.size()
                || !rest.subList(0, count).equals(run.windows())
                || !run.windows().stream().allMatch(this::conditionExists)) {
            throw notRunnable(level, window);
        }
        return givenOut(level, window, lane, count);
    }

    private Progress givenOut(int level, int window, int lane, int count) {
        if (!expects(level, window) || out[lane] > 0) {
            throw notRunnable(level, window);
        }
        return with(lane, 0, count);
    }

    private IllegalArgumentException notRunnable(int level, int window) {
        return new IllegalArgumentException(
                what(level, window) + " is to be given out, but it is done, given out, or waits for other codes;"
                        + " give out runnable ones only");
    }

    /**
     * The song with everything taken back that is given out of a window's segment, because it is to be given out again.
     *
     * @throws IllegalArgumentException if it is not the first that is given out
     */
    public Progress takenBack(int level, int window) {
        int lane = lane(level, window);
        if (!expects(level, window) || out[lane] == 0) {
            throw new IllegalArgumentException(
                    what(level, window) + " is to be taken back, but it is not given out; take back running ones only");
        }
        return with(lane, 0, 0);
    }

    /**
     * Whether a window's result is of use: all codes before it and its condition exist, its own do not. A result of any
     * other window is a second one or of no window of the song, and must be dropped. A window that was taken back is
     * expected still: whoever answers first counts.
     */
    public boolean expects(int level, int window) {
        if (level < plan.finestLevel()
                || level > plan.top().number()
                || window < 0
                || window >= plan.level(level).windows().size()) {
            return false;
        }
        PlannedWindow planned = plan.level(level).windows().get(window);
        SegmentPlan segment = plan.level(level).segments().get(planned.segment());
        return segment.firstWindow() + accepted[lane(level, window)] == window && conditionExists(planned);
    }

    /**
     * The song with a window's codes; what is given out beyond it stays so.
     *
     * @throws IllegalArgumentException if it is not {@link #expects expected}
     */
    public Progress accepted(int level, int window) {
        if (!expects(level, window)) {
            throw new IllegalArgumentException(
                    what(level, window) + " is to be accepted, but it is done or waits for other codes; drop it");
        }
        int lane = lane(level, window);
        return with(lane, 1, Math.max(0, out[lane] - 1));
    }

    /** How many windows of a level are accepted. */
    public int windowsDone(int level) {
        int first = firstLane(level);
        return Arrays.stream(
                        accepted, first, first + plan.level(level).segments().size())
                .sum();
    }

    /** How many canonical codes of a level exist, wherever they lie. */
    public int codes(int level) {
        return existing(level).stream().mapToInt(CodeRange::length).sum();
    }

    /** How many canonical codes of a level exist without a gap from its beginning. */
    public int codesDone(int level) {
        return plan.level(level).segments().stream()
                .filter(segment ->
                        canonicalEnd(level, segment) < segment.codes().end())
                .findFirst()
                .map(segment -> canonicalEnd(level, segment))
                .orElse(plan.level(level).totalCodes());
    }

    /** Which canonical codes of a level exist, in order, with gaps between them. */
    public List<CodeRange> existing(int level) {
        List<CodeRange> ranges = new ArrayList<>();
        for (SegmentPlan segment : plan.level(level).segments()) {
            CodeRange codes = new CodeRange(segment.codes().start(), canonicalEnd(level, segment));
            int last = ranges.size() - 1;
            if (last >= 0 && ranges.get(last).end() == codes.start()) {
                ranges.set(last, new CodeRange(ranges.get(last).start(), codes.end()));
            } else if (!codes.isEmpty()) {
                ranges.add(codes);
            }
        }
        return List.copyOf(ranges);
    }

    /** Whether all canonical codes of a range exist. */
    public boolean has(int level, CodeRange range) {
        for (SegmentPlan segment : plan.level(level).segments()) {
            CodeRange codes = segment.codes();
            if (codes.start() < range.end()
                    && range.start() < codes.end()
                    && canonicalEnd(level, segment) < Math.min(range.end(), codes.end())) {
                return false;
            }
        }
        return range.end() <= plan.level(level).totalCodes();
    }

    /** Whether all codes of a seam's tail exist. */
    public boolean has(PlannedSeam seam) {
        return end(seam.level(), plan.level(seam.level()).segments().get(seam.segment()))
                >= seam.tail().end();
    }

    /** Whether all windows of a level are accepted. */
    public boolean isDone(int level) {
        return windowsDone(level) == plan.level(level).windows().size();
    }

    /** Whether all windows of the song are accepted. */
    public boolean isDone() {
        return plan.levels().stream().allMatch(level -> isDone(level.number()));
    }

    /** Codes that the segment of a level that has most to do still has to write, one after the other. */
    int longestRest(int level) {
        return plan.level(level).segments().stream()
                .mapToInt(segment -> segment.tail().end() - end(level, segment))
                .max()
                .orElse(0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Progress progress
                && Arrays.equals(accepted, progress.accepted)
                && Arrays.equals(out, progress.out)
                && plan.equals(progress.plan);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(accepted) + Arrays.hashCode(out);
    }

    @Override
    public String toString() {
        return "song " + plan.songId() + " " + state();
    }

    /** The first window of each segment that is not accepted, where {@code lanes} says so, the coarsest level first. */
    private List<PlannedWindow> next(IntPredicate lanes) {
        List<PlannedWindow> windows = new ArrayList<>();
        int lane = accepted.length;
        for (int at = plan.levels().size() - 1; at >= 0; at--) {
            LevelPlan level = plan.levels().get(at);
            lane -= level.segments().size();
            for (SegmentPlan segment : level.segments()) {
                int of = lane + segment.number();
                if (accepted[of] < segment.windows() && lanes.test(of)) {
                    windows.add(level.windows().get(segment.firstWindow() + accepted[of]));
                }
            }
        }
        return windows;
    }

    /** A window and those of its segment that come after it. */
    private List<PlannedWindow> rest(PlannedWindow first) {
        LevelPlan level = plan.level(first.level());
        SegmentPlan segment = level.segments().get(first.segment());
        return level.windows().subList(first.number(), segment.firstWindow() + segment.windows());
    }

    private boolean conditionExists(PlannedWindow window) {
        CodeRange condition = window.window().condition();
        return condition == null || has(window.level() + 1, condition);
    }

    /**
     * Behind the last canonical code of a segment that exists.
     *
     * @param segment its number
     */
    public int end(int level, int segment) {
        return canonicalEnd(level, plan.level(level).segments().get(segment));
    }

    private int canonicalEnd(int level, SegmentPlan segment) {
        return Math.min(end(level, segment), segment.codes().end());
    }

    /** Behind the last code that a segment has, its tail included. */
    private int end(int level, SegmentPlan segment) {
        LevelPlan planned = plan.level(level);
        int done = accepted[firstLane(level) + segment.number()];
        if (done > 0) {
            return planned.windows()
                    .get(segment.firstWindow() + done - 1)
                    .window()
                    .added()
                    .end();
        }
        return Math.min(
                Math.max(planned.promptCodes(), segment.codes().start()),
                segment.tail().end());
    }

    private Progress with(int lane, int more, int given) {
        int[] counts = accepted.clone();
        int[] outs = out.clone();
        counts[lane] += more;
        outs[lane] = given;
        return new Progress(plan, counts, outs);
    }

    private int lane(int level, int window) {
        List<PlannedWindow> windows = plan.level(level).windows();
        if (window < 0 || window >= windows.size()) {
            throw new IllegalArgumentException(
                    what(level, window) + " is asked for, but there are " + windows.size() + "; ask for one of them");
        }
        return firstLane(level) + windows.get(window).segment();
    }

    private int firstLane(int level) {
        int lane = 0;
        for (int finer = plan.finestLevel(); finer < level; finer++) {
            lane += plan.level(finer).segments().size();
        }
        return lane;
    }

    private static int lanes(SongPlan plan) {
        return plan.levels().stream().mapToInt(level -> level.segments().size()).sum();
    }

    private String what(int level, int window) {
        return "window " + window + " of level " + level + " of song " + plan.songId();
    }
}
