package dev.segue.telemetry.metrics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** The reference of metrics, made of the metrics themselves. */
public final class MetricTable {
    private MetricTable() {}

    /** A table in Markdown of the metrics that processes of a role serve. */
    public static String markdown(Metric.Role role) {
        List<String> rows = Arrays.stream(Metric.values())
                .filter(metric -> metric.role() == role)
                .sorted(Comparator.comparing(Metric::title))
                .map(MetricTable::row)
                .toList();
        return "| metric | type | labels | what it is |\n|---|---|---|---|\n" + String.join("", rows);
    }

    private static String row(Metric metric) {
        String labels = metric.labels().stream().map(label -> "`" + label + "`").collect(Collectors.joining(", "));
        return "| `" + metric.title() + "` | " + metric.kind().title() + " | " + labels + " | " + metric.description()
                + " |\n";
    }
}
