package dev.segue.worker.generation;

import dev.segue.contracts.record.WorkTimes;
import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.metrics.Metric;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.DoubleAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times what engines do. The thread that samples counts; any thread reads. */
final class GenerationMeters {
    private static final double NANOS_PER_SECOND = 1e9;

    final LongAdder windows = new LongAdder();
    final LongAdder codes = new LongAdder();
    final LongAdder left = new LongAdder();
    final LongAdder aligned = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder loads = new LongAdder();
    final AtomicInteger slotsInUse = new AtomicInteger();
    final AtomicInteger waiting = new AtomicInteger();
    private final Map<Integer, DoubleAccumulator> best = new ConcurrentHashMap<>();
    private final Telemetry telemetry;
    private volatile String worker = "";

    /** For an engine that nobody asks. */
    GenerationMeters() {
        this(Telemetry.unheard());
    }

    GenerationMeters(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** Lets metrics say how a worker's slots are used. */
    void bind(String worker, int slots) {
        this.worker = worker;
        Metric.SAMPLER_SLOTS.gauge(telemetry.meters(), () -> slots, worker);
        Metric.SAMPLER_SLOTS_IN_USE.gauge(telemetry.meters(), slotsInUse::get, worker);
        Metric.SAMPLER_WAITING_TASKS.gauge(telemetry.meters(), waiting::get, worker);
    }

    /** A burst of codes was sampled. */
    void sampled(int level, int count) {
        codes.add(count);
        Metric.SAMPLER_CODES
                .counter(telemetry.meters(), Integer.toString(level))
                .increment(count);
    }

    /** An engine was at work for so long, and sampled so many codes of all its windows together. */
    void burst(int level, int count, long nanos) {
        double seconds = nanos / NANOS_PER_SECOND;
        Metric.SAMPLER_BUSY_SECONDS
                .counter(telemetry.meters(), Integer.toString(level))
                .increment(seconds);
        if (nanos > 0) {
            best(level).accumulate(count / seconds);
        }
    }

    private DoubleAccumulator best(int level) {
        return best.computeIfAbsent(level, number -> {
            DoubleAccumulator most = new DoubleAccumulator(Math::max, 0);
            Metric.SAMPLER_BEST_CODES_PER_SECOND.gauge(telemetry.meters(), most::get, Integer.toString(number), worker);
            return most;
        });
    }

    /** A level was fetched and loaded. */
    void loaded(int level, Duration took) {
        best(level).reset();
        Metric.MODEL_LOAD_SECONDS
                .timer(telemetry.meters(), Integer.toString(level))
                .record(took);
    }

    /** A window is finished. */
    void finished(GenerationWork work, WorkTimes times) {
        windows.increment();
        int level = work.key().level();
        phase(level, "wait", times.getQueueMillis());
        phase(level, "prefill", times.getPrefillMillis());
        phase(level, "decode", times.getDecodeMillis());
        telemetry
                .traces()
                .tell(
                        telemetry
                                .traces()
                                .span("window", SpanKind.INTERNAL, work.trace())
                                .setAttribute("segue.song", work.songId())
                                .setAttribute("segue.level", level)
                                .setAttribute("segue.window", Segments.window(work.task()))
                                .setAttribute("segue.wait_millis", times.getQueueMillis())
                                .setAttribute("segue.prefill_millis", times.getPrefillMillis())
                                .setAttribute("segue.decode_millis", times.getDecodeMillis()),
                        times.getStartedAt(),
                        times.getFinishedAt());
    }

    private void phase(int level, String phase, long millis) {
        Metric.WINDOW_SECONDS
                .timer(telemetry.meters(), Integer.toString(level), phase)
                .record(millis, TimeUnit.MILLISECONDS);
    }
}
