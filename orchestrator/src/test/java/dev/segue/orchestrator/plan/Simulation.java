package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.window.CodeRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Makes a song of codes that say which window wrote them and where, giving out and accepting windows in a random order,
 * and asserts at every step that nothing is read that does not exist.
 */
final class Simulation {
    private final SongPlan plan;
    private final Random random;
    /** Per level and window what was written; window {@link Piece#PROMPT} holds the prompt. */
    private final Map<Integer, Map<Integer, List<String>>> written = new HashMap<>();

    private final List<PlannedWindow> order = new ArrayList<>();
    private Progress progress;

    Simulation(SongPlan plan, long seed) {
        this.plan = plan;
        this.random = new Random(seed);
        this.progress = Progress.start(plan);
        for (LevelPlan level : plan.levels()) {
            List<String> prompt = new ArrayList<>();
            for (int code = 0; code < level.promptCodes(); code++) {
                prompt.add("prompt:" + code);
            }
            written.computeIfAbsent(level.number(), number -> new HashMap<>()).put(Piece.PROMPT, prompt);
        }
    }

    Progress progress() {
        return progress;
    }

    /** Windows in the order in which they were accepted. */
    List<PlannedWindow> order() {
        return order;
    }

    /** Goes on until nothing is left to do; fails where nothing can be done before. */
    Simulation run() {
        while (!progress.isDone()) {
            step();
        }
        assertThat(progress.runnable()).isEmpty();
        assertThat(progress.running()).isEmpty();
        return this;
    }

    /** Gives a window out, takes one back, or accepts one. */
    void step() {
        List<PlannedWindow> runnable = progress.runnable();
        List<PlannedWindow> running = progress.running();
        assertThat(runnable.size() + running.size()).as("work of %s", progress).isPositive();
        if (!runnable.isEmpty() && (running.isEmpty() || random.nextBoolean())) {
            PlannedWindow window = runnable.get(random.nextInt(runnable.size()));
            assertReadable(window);
            progress = progress.givenOut(window.level(), window.number());
        } else if (random.nextInt(10) == 0) {
            PlannedWindow window = running.get(random.nextInt(running.size()));
            progress = progress.takenBack(window.level(), window.number());
        } else {
            accept(running.get(random.nextInt(running.size())));
        }
        progress = Progress.restore(plan, progress.state());
    }

    private void accept(PlannedWindow window) {
        List<String> codes = new ArrayList<>();
        CodeRange added = window.window().added();
        for (int code = added.start(); code < added.end(); code++) {
            codes.add(window.segment() + ":" + code);
        }
        assertThat(written.get(window.level()).put(window.number(), codes)).isNull();
        progress = progress.accepted(window.level(), window.number());
        order.add(window);
        assertThat(progress.expects(window.level(), window.number())).isFalse();
    }

    private void assertReadable(PlannedWindow window) {
        LevelPlan level = plan.level(window.level());
        CodeRange context = window.window().context();
        List<String> known = read(level, level.context(window));
        assertThat(known).hasSize(context.length());
        for (int i = 0; i < known.size(); i++) {
            int code = context.start() + i;
            assertThat(known.get(i)).isEqualTo((code < level.promptCodes() ? "prompt" : window.segment()) + ":" + code);
        }
        if (window.level() < plan.top().number()) {
            CodeRange condition = window.window().condition();
            assertThat(canonical(window.level() + 1, condition)).hasSize(condition.length());
        }
    }

    /** Canonical codes, each of which must have been written by the segment that it lies in. */
    List<String> canonical(int level, CodeRange range) {
        LevelPlan planned = plan.level(level);
        List<String> codes = read(planned, planned.canonical(range));
        for (int i = 0; i < codes.size(); i++) {
            int code = range.start() + i;
            String writer = planned.segments().stream()
                    .filter(segment -> segment.codes().contains(new CodeRange(code, code + 1)))
                    .map(segment -> Integer.toString(segment.number()))
                    .findFirst()
                    .orElseThrow();
            assertThat(codes.get(i)).isEqualTo((code < planned.promptCodes() ? "prompt" : writer) + ":" + code);
        }
        return codes;
    }

    /** The tail of a seam. */
    List<String> tail(PlannedSeam seam) {
        return read(plan.level(seam.level()), plan.level(seam.level()).tail(seam));
    }

    /** How often each code of a level was written, tails not counted, and prompt codes once. */
    int[] timesWritten(int level) {
        int[] times = new int[plan.level(level).totalCodes()];
        Arrays.fill(times, 0, plan.level(level).promptCodes(), 1);
        for (PlannedWindow window : plan.level(level).windows()) {
            CodeRange codes = plan.level(level).segments().get(window.segment()).codes();
            CodeRange added = window.window().added();
            for (int code = added.start(); code < Math.min(added.end(), codes.end()); code++) {
                times[code]++;
            }
        }
        return times;
    }

    private List<String> read(LevelPlan level, List<Piece> pieces) {
        List<String> codes = new ArrayList<>();
        for (Piece piece : pieces) {
            List<String> source = written.get(level.number()).get(piece.window());
            assertThat(source).as("codes of %s", piece).isNotNull();
            codes.addAll(
                    source.subList(piece.from(), piece.from() + piece.codes().length()));
        }
        return codes;
    }
}
