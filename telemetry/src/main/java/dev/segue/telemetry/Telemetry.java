package dev.segue.telemetry;

import dev.segue.contracts.settings.Settings;
import dev.segue.telemetry.metrics.ProcessMetrics;
import dev.segue.telemetry.trace.TraceSettings;
import dev.segue.telemetry.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the parts of a process leave what they measure. Safe for any number of threads.
 *
 * @param meters takes metrics
 * @param traces takes spans
 * @param metrics what is served of the meters; empty where nobody asks
 */
public record Telemetry(MeterRegistry meters, Traces traces, Optional<ProcessMetrics> metrics)
        implements AutoCloseable {
    public Telemetry {
        Objects.requireNonNull(meters, "meters is null");
        Objects.requireNonNull(traces, "traces is null");
        Objects.requireNonNull(metrics, "metrics is null");
    }

    /** For a part that nobody asks: everything that it measures is dropped at once. */
    public static Telemetry unheard() {
        return new Telemetry(new CompositeMeterRegistry(), Traces.off(), Optional.empty());
    }

    /** Metrics are kept to be served, and nothing is traced. */
    public static Telemetry measured() {
        return of(Traces.off());
    }

    /**
     * Metrics are kept to be served, and spans go where settings say, if they do.
     *
     * @param role what traces call the process
     * @throws dev.segue.contracts.settings.InvalidSettingException if a setting cannot be
     */
    public static Telemetry of(Settings settings, String role) {
        return of(TraceSettings.traces(settings, role));
    }

    private static Telemetry of(Traces traces) {
        ProcessMetrics metrics = ProcessMetrics.start();
        return new Telemetry(metrics.registry(), traces, Optional.of(metrics));
    }

    /** The metrics as Prometheus reads them; empty text where nobody keeps them. */
    public String scrape() {
        return metrics.map(ProcessMetrics::scrape).orElse("");
    }

    /** Sends what is left of spans, and forgets the metrics. */
    @Override
    public void close() {
        traces.close();
        metrics.ifPresent(ProcessMetrics::close);
    }
}
