package dev.segue.telemetry.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.MetricName;

/**
 * What a share consumer measures of itself, as gauges {@code kafka_share_…}: Micrometer's own binding knows other clients
 * only. Bound when the consumer is made and taken away when it is closed.
 *
 * <p>Owned by the thread of the consumer; gauges are read by any.
 */
public final class ClientMeters implements AutoCloseable {
    private static final String GROUP = "consumer-share";
    /** Metrics of single brokers and topics have further tags, which gauges of one name must not differ in. */
    private static final Set<String> TAGS = Set.of("client-id");

    private final MeterRegistry registry;
    private final List<Meter> bound = new ArrayList<>();

    private ClientMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Binds what a client measures.
     *
     * @param lane whose client it is
     */
    public static ClientMeters of(
            MeterRegistry registry, String lane, Map<MetricName, ? extends org.apache.kafka.common.Metric> metrics) {
        ClientMeters meters = new ClientMeters(registry);
        metrics.forEach((name, metric) -> {
            if (name.group().startsWith(GROUP)
                    && TAGS.containsAll(name.tags().keySet())
                    && metric.metricValue() instanceof Number) {
                meters.bound.add(
                        Gauge.builder("kafka.share." + name.name().replace('-', '.'), metric, ClientMeters::value)
                                .description(name.description())
                                .tag("lane", lane)
                                .register(registry));
            }
        });
        return meters;
    }

    private static double value(org.apache.kafka.common.Metric metric) {
        return metric.metricValue() instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    @Override
    public void close() {
        bound.forEach(registry::remove);
        bound.clear();
    }
}
