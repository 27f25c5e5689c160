package dev.segue.telemetry.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The metrics of a process, with those of its JVM. Safe for any number of threads. */
public final class ProcessMetrics implements AutoCloseable {
    /** Media type of {@link #scrape}. */
    public static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int BYTES_PER_KILOBYTE = 1024;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collector = new JvmGcMetrics();

    private ProcessMetrics() {}

    /** Begins to measure the JVM. */
    public static ProcessMetrics start() {
        ProcessMetrics metrics = new ProcessMetrics();
        metrics.collector.bindTo(metrics.registry);
        List.of(
                        new ClassLoaderMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new UptimeMetrics(),
                        new FileDescriptorMetrics())
                .forEach(binder -> binder.bindTo(metrics.registry));
        Metric.RESIDENT_BYTES.gauge(metrics.registry, ProcessMetrics::residentBytes);
        return metrics;
    }

    public MeterRegistry registry() {
        return registry;
    }

    /** Everything, as Prometheus reads it. */
    public String scrape() {
        return registry.scrape();
    }

    /** Where there is no /proc nobody can tell. */
    private static double residentBytes() {
        try {
            return Files.readAllLines(STATUS, StandardCharsets.UTF_8).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) * BYTES_PER_KILOBYTE)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
