package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where a song's upsampled levels are cut, in codes of the top level, so that all of them are cut at the same instants.
 *
 * <p>What is cut is the part behind the prompt, into equal segments (but for rounding); the prompt belongs to the first
 * one, which thus goes on from it as a whole level would. No segment is shorter than a window of any upsampled level, so
 * that a long prompt may leave room for fewer segments than were asked for.
 *
 * @param starts first code of each segment; the first one is 0
 * @param tail codes that a segment writes beyond its end
 */
record Segmentation(List<Integer> starts, int tail) {
    /**
     * Two sounds that have nothing to do with each other are faded into each other in about this time: long enough that
     * the lowest audible tone (20 Hz) has a whole period in it and no click is heard, short enough that two singers are
     * not.
     */
    private static final double TAIL_SECONDS = 0.05;

    private static final Segmentation WHOLE = new Segmentation(List.of(0), 0);

    Segmentation {
        starts = List.copyOf(starts);
    }

    /** A song that is not cut. */
    static Segmentation whole() {
        return WHOLE;
    }

    /** Top-level codes in the longest window of an upsampled level; a model that has none can be cut nowhere. */
    static int least(List<Level> levels) {
        int top = levels.get(levels.size() - 1).hop();
        int samples = levels.stream()
                .filter(Level::conditioned)
                .mapToInt(Level::windowSamples)
                .max()
                .orElse(Integer.MAX_VALUE);
        return 1 + (samples - 1) / top;
    }

    /**
     * Cuts a song.
     *
     * @param total top-level codes of the song
     * @param prompt top-level codes for which every upsampled level has a prompt
     * @param least top-level codes in the longest window of an upsampled level
     * @param asked how many segments are asked for
     * @param codesPerSecond of the top level
     */
    static Segmentation of(int total, int prompt, int least, int asked, double codesPerSecond) {
        int behind = total - prompt;
        int segments = Math.min(asked, behind / least);
        if (segments <= 1) {
            return WHOLE;
        }
        List<Integer> starts = new ArrayList<>();
        starts.add(0);
        for (int segment = 1; segment < segments; segment++) {
            starts.add(prompt + Math.toIntExact((long) behind * segment / segments));
        }
        // A tail must not reach beyond the next segment.
        int tail = Math.min((int) Math.ceil(TAIL_SECONDS * codesPerSecond), behind / segments);
        return new Segmentation(starts, tail);
    }

    /**
     * What is to be done at a level.
     *
     * @param ratio codes of the level per code of the top level
     */
    LevelPlan plan(Level level, int total, int prompt, int ratio) {
        List<SegmentPlan> segments = new ArrayList<>();
        List<PlannedWindow> windows = new ArrayList<>();
        List<PlannedSeam> seams = new ArrayList<>();
        for (int number = 0; number < starts.size(); number++) {
            boolean last = number == starts.size() - 1;
            int start = starts.get(number) * ratio;
            int end = last ? total : starts.get(number + 1) * ratio;
            // Where the prompt reaches into the next segment, codes go on across the border as they should.
            CodeRange tails = new CodeRange(end, last || prompt > end ? end : end + tail * ratio);
            int firstWindow = windows.size();
            for (Window window : schedule(level, start, tails.end(), prompt)) {
                windows.add(new PlannedWindow(windows.size(), number, window));
            }
            segments.add(new SegmentPlan(
                    number, new CodeRange(start, end), tails, firstWindow, windows.size() - firstWindow));
            if (!tails.isEmpty()) {
                seams.add(new PlannedSeam(level.number(), number, tails));
            }
        }
        return new LevelPlan(level, total, prompt, segments, windows, seams);
    }

    private static List<Window> schedule(Level level, int start, int end, int prompt) {
        int existing = Math.max(0, Math.min(prompt, end) - start);
        if (start + existing == end) {
            return Collections.emptyList();
        }
        return WindowSchedule.windows(level, end - start, existing, PartialWindow.FILL_TO_TOTAL).stream()
                .filter(window -> !window.isDone())
                .map(window -> later(level, window, start))
                .toList();
    }

    private static Window later(Level level, Window window, int by) {
        CodeRange span = later(window.span(), by);
        return new Window(
                window.level(),
                span,
                later(window.context(), by),
                later(window.added(), by),
                level.conditioned()
                        ? WindowSchedule.condition(span.start(), level.context(), level.conditionFactor())
                        : null);
    }

    private static CodeRange later(CodeRange range, int by) {
        return new CodeRange(range.start() + by, range.end() + by);
    }
}
