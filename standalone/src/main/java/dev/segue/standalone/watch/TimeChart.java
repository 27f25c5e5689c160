package dev.segue.standalone.watch;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What was done when, as text: a line for each kind of work, a column for each stretch of time. */
final class TimeChart {
    private static final char[] SHADES = {' ', '░', '▒', '▓', '█'};
    private static final double MILLIS = 1000;

    private TimeChart() {}

    /**
     * A stretch of work.
     *
     * @param from when it began
     * @param to when it was done
     */
    record Span(Instant from, Instant to) {}

    /**
     * One line.
     *
     * @param label what was done
     * @param spans when; they may overlap
     */
    record Row(String label, List<Span> spans) {

        Instant from() {
            return spans.stream().map(Span::from).min(Instant::compareTo).orElseThrow();
        }

        Instant to() {
            return spans.stream().map(Span::to).max(Instant::compareTo).orElseThrow();
        }
    }

    /**
     * Draws rows; those without spans are left out.
     *
     * @param zero where the first column begins
     * @param width columns of time
     */
    static List<String> draw(Instant zero, List<Row> all, int width) {
        List<Row> rows = all.stream().filter(row -> !row.spans().isEmpty()).toList();
        if (rows.isEmpty()) {
            return List.of("nothing was done yet");
        }
        Instant end = rows.stream().map(Row::to).max(Instant::compareTo).orElseThrow();
        double millis = Math.max(1, Duration.between(zero, end).toMillis());
        int margin = rows.stream().mapToInt(row -> row.label().length()).max().orElse(0);
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-" + margin + "s │%s│ %6.2f – %6.2f s, %d",
                    row.label(),
                    cells(zero, row, millis / width, width),
                    Duration.between(zero, row.from()).toMillis() / MILLIS,
                    Duration.between(zero, row.to()).toMillis() / MILLIS,
                    row.spans().size()));
        }
        String right = String.format(Locale.ROOT, "%.1f s", millis / MILLIS);
        lines.add(" ".repeat(margin) + " 0" + " ".repeat(Math.max(1, width - right.length() + 2)) + right);
        return lines;
    }

    /** Each cell as dark as its stretch of time was busy. */
    private static String cells(Instant zero, Row row, double cell, int width) {
        double[] busy = new double[width];
        for (Span span : row.spans()) {
            double from = Duration.between(zero, span.from()).toMillis() / cell;
            double to = Math.max(Duration.between(zero, span.to()).toMillis() / cell, from);
            int first = Math.max(0, Math.min(width - 1, (int) from));
            for (int i = first; i < width && (i == first || i < to); i++) {
                // What is shorter than a shade is still seen.
                double share = Math.max(Math.min(to, i + 1) - Math.max(from, i), 1.0 / (SHADES.length - 1));
                busy[i] += share;
            }
        }
        StringBuilder cells = new StringBuilder();
        Arrays.stream(busy)
                .forEach(share -> cells.append(SHADES[(int) Math.round(Math.min(1, share) * (SHADES.length - 1))]));
        return cells.toString();
    }
}
