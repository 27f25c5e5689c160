package dev.segue.telemetry.metrics;

import java.util.Locale;

/** How a metric behaves. */
public enum MetricKind {
    /** Grows only; ask for its rate. */
    COUNTER,
    /** Goes up and down. */
    GAUGE,
    /** A histogram of seconds. */
    TIMER;

    /** As the reference calls it. */
    public String title() {
        return this == TIMER ? "histogram" : name().toLowerCase(Locale.ROOT);
    }
}
