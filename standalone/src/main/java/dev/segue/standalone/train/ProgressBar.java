package dev.segue.standalone.train;

import dev.segue.worker.trainer.TrainingListener;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a training goes, as a line that is written over: a bar, what a step takes, what is left, and the figures that tell
 * most. Owned by the thread that trains.
 */
final class ProgressBar implements TrainingListener {
    private static final long BETWEEN_LINES = 500_000_000;
    private static final int WIDTH = 24;
    private static final List<String> TELLING = List.of(
            "loss",
            "bits_per_code",
            "validation bits_per_code",
            "validation alignment_bits",
            "validation convergence_db_l1",
            "validation convergence_db_l2",
            "validation convergence_db_l3");

    private final PrintWriter out;
    private long shown;
    private long began;
    private long first = -1;

    ProgressBar(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void preparing(String what, int done, int total) {
        first = -1;
        if (due(done == total)) {
            line(what + ": " + done + " of " + total);
        }
    }

    @Override
    public void stepped(long step, long steps, Map<String, Double> values) {
        long now = System.nanoTime();
        if (first < 0 || step <= first) {
            first = step;
            began = now;
        }
        if (!due(step == steps)) {
            return;
        }
        int full = (int) (WIDTH * step / steps);
        StringBuilder line = new StringBuilder("[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] ");
        line.append(step).append(" of ").append(steps);
        if (step > first) {
            double each = (now - began) / 1e9 / (step - first);
            line.append(String.format(Locale.ROOT, ", %.2f s a step, %s left", each, time(each * (steps - step))));
        }
        for (String name : TELLING) {
            if (values.containsKey(name)) {
                line.append(String.format(Locale.ROOT, ", %s %.3f", name.replace('_', ' '), values.get(name)));
            }
        }
        line(line.toString());
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }

    private boolean due(boolean last) {
        long now = System.nanoTime();
        if (!last && now - shown < BETWEEN_LINES) {
            return false;
        }
        shown = now;
        return true;
    }

    private void line(String text) {
        out.print("\r" + text + "\u001b[K");
        out.flush();
    }

    @Override
    public void note(String sentence) {
        out.print("\r\u001b[K" + sentence + System.lineSeparator());
        out.flush();
    }
}
