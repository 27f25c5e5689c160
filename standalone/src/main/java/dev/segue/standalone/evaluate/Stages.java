package dev.segue.standalone.evaluate;

import dev.segue.worker.figures.Progress;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How far each part of the work is, as a line that is written over, and how long each took. Owned by the working thread. */
final class Stages implements Progress {
    private static final long BETWEEN_LINES = 500_000_000;

    private final PrintWriter out;
    private final Map<String, Double> seconds = new LinkedHashMap<>();
    private String what;
    private long steps;
    private long done;
    private long start;
    private long shown;

    Stages(PrintWriter out) {
        this.out = out;
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
        if (System.nanoTime() - shown > BETWEEN_LINES && done < steps) {
            show();
        }
    }

    private void show() {
        shown = System.nanoTime();
        double elapsed = elapsed();
        String left = done == 0 ? "" : String.format(Locale.ROOT, ", %.0f s to go", (steps - done) * elapsed / done);
        out.printf(Locale.ROOT, "\r%s: %d of %d%s   ", what, done, steps, left);
        out.flush();
    }

    /** What was begun last is done. */
    void end() {
        if (what != null) {
            seconds.merge(what, elapsed(), Double::sum);
            out.printf(Locale.ROOT, "\r%s: %d in %.1f s             %n", what, done, elapsed());
            out.flush();
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
