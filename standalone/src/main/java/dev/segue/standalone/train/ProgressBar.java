package dev.segue.standalone.train;

import dev.segue.standalone.terminal.ProgressLine;
import dev.segue.worker.trainer.TrainingListener;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a training goes: a bar, what a step takes, what is left, and the figures that tell most. Owned by the thread that
 * trains.
 */
final class ProgressBar implements TrainingListener {
    private static final int WIDTH = 24;
    private static final List<String> TELLING = List.of(
            "loss",
            "bits_per_code",
            "validation bits_per_code",
            "validation alignment_bits",
            "validation convergence_db_l1",
            "validation convergence_db_l2",
            "validation convergence_db_l3");

    private final ProgressLine line;
    private long began;
    private long first = -1;

    ProgressBar(ProgressLine line) {
        this.line = line;
    }

    @Override
    public void preparing(String what, int done, int total) {
        first = -1;
        line.show(done == total, () -> what + ": " + done + " of " + total);
    }

    @Override
    public void stepped(long step, long steps, Map<String, Double> values) {
        long now = System.nanoTime();
        if (first < 0 || step <= first) {
            first = step;
            began = now;
        }
        line.show(step == steps, () -> text(step, steps, now, values));
    }

    private String text(long step, long steps, long now, Map<String, Double> values) {
        int full = (int) (WIDTH * step / steps);
        StringBuilder text = new StringBuilder("[" + "#".repeat(full) + ".".repeat(WIDTH - full) + "] ");
        text.append(step).append(" of ").append(steps);
        if (step > first) {
            double each = (now - began) / 1e9 / (step - first);
            text.append(String.format(Locale.ROOT, ", %.2f s a step, %s left", each, time(each * (steps - step))));
        }
        for (String name : TELLING) {
            if (values.containsKey(name)) {
                text.append(String.format(Locale.ROOT, ", %s %.3f", name.replace('_', ' '), values.get(name)));
            }
        }
        return text.toString();
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        return whole < 60 ? whole + " s" : whole / 60 + " min " + whole % 60 + " s";
    }

    @Override
    public void note(String sentence) {
        line.note(sentence);
    }
}
