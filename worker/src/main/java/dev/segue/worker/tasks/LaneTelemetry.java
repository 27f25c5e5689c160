package dev.segue.worker.tasks;

import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.metrics.Metric;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where lanes leave what they measure.
 *
 * @param telemetry of the process
 * @param pool the kind of work
 * @param worker who does it
 */
public record LaneTelemetry(Telemetry telemetry, String pool, String worker) {
    public LaneTelemetry {
        Objects.requireNonNull(telemetry, "telemetry is null");
        Objects.requireNonNull(pool, "pool is null");
        Objects.requireNonNull(worker, "worker is null");
    }

    /** Of lanes that nobody asks. */
    static LaneTelemetry unheard(String name) {
        return new LaneTelemetry(Telemetry.unheard(), name, name);
    }

    /** Lets metrics say what is counted. */
    void bind(TaskMeters meters, TasksInHand tasks) {
        MeterRegistry registry = telemetry.meters();
        Map.of(
                        "taken", meters.taken,
                        "accepted", meters.accepted,
                        "skipped", meters.skipped,
                        "released", meters.released,
                        "rejected", meters.rejected,
                        "failed", meters.failed)
                .forEach(
                        (result, count) -> Metric.TASKS.counter(registry, count, LongAdder::sum, pool, worker, result));
        Metric.TASKS_HELD.gauge(registry, tasks::running, pool, worker);
        Metric.WORKER_DEAD_LETTERS.counter(registry, meters.buried, LongAdder::sum, pool, worker);
        Metric.LOCK_RENEWALS.counter(registry, meters.renewed, LongAdder::sum, pool, worker);
        Metric.LOCKS_LOST.counter(registry, meters.lost, LongAdder::sum, pool, worker);
    }
}
