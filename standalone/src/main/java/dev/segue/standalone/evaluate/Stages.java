package dev.segue.standalone.evaluate;

import dev.segue.standalone.terminal.ProgressLine;
import dev.segue.worker.figures.Progress;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How far each part of the work is, and how long each took. Owned by the working thread. */
final class Stages implements Progress {
    private final ProgressLine line;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private String what;
    private long steps;
    private long done;
    private long start;

    Stages(ProgressLine line) {
        this.line = line;
    }

    @Override
    public void begin(String next, long nextSteps) {
        end();
        what = next;
        steps = nextSteps;
        done = 0;
        start = System.nanoTime();
        show();
    }

    @Override
    public void advance(long more) {
        done += more;
        if (done < steps) {
            show();
        }
    }

    private void show() {
        line.show(false, () -> {
            String left =
                    done == 0 ? "" : String.format(Locale.ROOT, ", %.0f s to go", (steps - done) * elapsed() / done);
            return what + ": " + done + " of " + steps + left;
        });
    }

    /** What was begun last is done. */
    void end() {
        if (what != null) {
            seconds.merge(what, elapsed(), Double::sum);
            line.note(String.format(Locale.ROOT, "%s: %d in %.1f s", what, done, elapsed()));
            what = null;
        }
    }

    private double elapsed() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Of each part that is done, in the order in which they were. */
    Map<String, Double> seconds() {
        return new LinkedHashMap<>(seconds);
    }
}
