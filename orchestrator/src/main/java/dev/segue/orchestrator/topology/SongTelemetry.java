package dev.segue.orchestrator.topology;

import dev.segue.orchestrator.plan.Backlog;
import dev.segue.orchestrator.state.End;
import dev.segue.orchestrator.state.SongTicket;
import dev.segue.orchestrator.state.Stage;
import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.metrics.Metric;
import dev.segue.telemetry.trace.Traces;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What an orchestrator tells of its songs as metrics and spans. The thread of its task tells; any thread reads.
 *
 * <p>Larger than most classes, since every series that an orchestrator serves is bound here.
 *
 * <p>An orchestrator that stands by knows nothing: whoever asks it for a backlog must not take that for none.
 */
public final class SongTelemetry {
    private static final Map<Tally.Event, Metric> COUNTERS = Map.of(
            Tally.Event.DEAD_LETTER, Metric.DEAD_LETTERS,
            Tally.Event.RETRY, Metric.TASK_RETRIES,
            Tally.Event.LOST_TASK, Metric.TASKS_LOST,
            Tally.Event.WINDOW, Metric.WINDOWS_ACCEPTED,
            Tally.Event.ACCEPTED_SONG, Metric.SONGS_ACCEPTED,
            Tally.Event.UNDONE_STEP, Metric.STEPS_UNDONE,
            Tally.Event.REGISTRY_WAIT, Metric.REGISTRY_WAITS);
    private static final Map<Tally.Event, String> DROPPED = Map.of(
            Tally.Event.DUPLICATE_RESULT, "duplicate",
            Tally.Event.LATE_RESULT, "late",
            Tally.Event.FOREIGN_RESULT, "foreign",
            Tally.Event.UNEXPECTED_RESULT, "unexpected");

    private final MeterRegistry registry;
    private final Traces traces;
    private volatile Optional<Overview> overview = Optional.empty();

    /** Binds what is counted; every series is there from the start, so that a first increase can be seen. */
    public SongTelemetry(Telemetry telemetry, Tally tally) {
        Objects.requireNonNull(tally, "tally is null");
        this.registry = telemetry.meters();
        this.traces = telemetry.traces();
        COUNTERS.forEach((event, metric) -> metric.counter(registry, tally, counted -> counted.of(event)));
        DROPPED.forEach((event, reason) ->
                Metric.RESULTS_DROPPED.counter(registry, tally, counted -> counted.of(event), reason));
        Metric.SONGS_RECEIVED.counter(registry);
        Metric.SONG_SOUND_SECONDS.counter(registry);
        for (End end : End.values()) {
            Metric.SONGS_ENDED.counter(registry, title(end));
        }
        for (Stage stage : Stage.values()) {
            gauge(Metric.SONGS, now -> now.songs().getOrDefault(stage, 0), title(stage));
        }
        for (int level = 0; level <= 2; level++) {
            int number = level;
            gauge(Metric.BACKLOG_TASKS, now -> level(now, number).tasks(), Integer.toString(level));
            gauge(Metric.BACKLOG_CODES, now -> level(now, number).codes(), Integer.toString(level));
            gauge(Metric.BACKLOG_SECONDS, now -> level(now, number).seconds(), Integer.toString(level));
            gauge(Metric.BACKLOG_SONGS, now -> level(now, number).songs(), Integer.toString(level));
        }
        gauge(Metric.BACKLOG_AUDIO_TASKS, now -> now.backlog().audio().tasks());
        gauge(Metric.BACKLOG_AUDIO_SECONDS, now -> now.backlog().audio().seconds());
        gauge(Metric.QUEUE_OLDEST_SECONDS, SongTelemetry::oldestSeconds);
        Metric.ORCHESTRATOR_ACTIVE.gauge(registry, () -> overview.isPresent() ? 1 : 0);
    }

    private void gauge(Metric metric, ToDoubleFunction<Overview> value, String... labels) {
        metric.gauge(registry, () -> overview.map(value::applyAsDouble).orElse(Double.NaN), labels);
    }

    private static Backlog.Level level(Overview now, int number) {
        return now.backlog().levels().get(number);
    }

    private static double oldestSeconds(Overview now) {
        return now.oldestQueued()
                .map(since -> Duration.between(since, Instant.now()).toMillis() / 1000.0)
                .orElse(0.0);
    }

    /** All songs on their way; empty if this orchestrator stands by. */
    public Optional<Overview> overview() {
        return overview;
    }

    /** The orchestrator has the work. */
    void active(Overview now) {
        overview = Optional.of(now);
    }

    /** Another has the work, or will have. */
    void standsBy() {
        overview = Optional.empty();
    }

    /** A request is looked at. The span is ended by whoever asked for it. */
    Span check(Received record, String songId) {
        return traces.span("check", SpanKind.CONSUMER, record.traceparent())
                .setAttribute("segue.song", songId)
                .setAttribute("messaging.destination.name", record.topic())
                .startSpan();
    }

    /** A request became a song. */
    void received() {
        Metric.SONGS_RECEIVED.counter(registry).increment();
    }

    /** A request or a command was turned away. */
    void refused(String field) {
        // Places in lists would make as many series as somebody likes.
        Metric.REQUESTS_REFUSED
                .counter(registry, field.replaceAll("\\[[^]]*]", ""))
                .increment();
    }

    /** A song starts. */
    void admitted(SongTicket ticket, Instant now) {
        Metric.SONG_WAIT_SECONDS.timer(registry).record(since(ticket, now));
    }

    /** The first range of a song can be heard. */
    void heard(SongTicket ticket, Instant now) {
        Metric.SONG_FIRST_SOUND_SECONDS.timer(registry).record(since(ticket, now));
    }

    /**
     * A song ended.
     *
     * @param seconds of sound that it has
     */
    void ended(SongTicket ticket, End end, double seconds, Instant now) {
        Metric.SONGS_ENDED.counter(registry, title(end)).increment();
        Metric.SONG_SECONDS.timer(registry, title(end)).record(since(ticket, now));
        if (end == End.COMPLETED) {
            Metric.SONG_SOUND_SECONDS.counter(registry).increment(seconds);
        }
        traces.tell(
                traces.span("song", SpanKind.INTERNAL, ticket.getTraceparent())
                        .setAttribute("segue.song", ticket.getSongId())
                        .setAttribute("segue.model", ticket.getModel())
                        .setAttribute("segue.state", title(end))
                        .setAttribute("segue.sound_seconds", seconds),
                ticket.getRequestedAt(),
                now);
    }

    private static Duration since(SongTicket ticket, Instant now) {
        Duration since = Duration.between(ticket.getRequestedAt(), now);
        return since.isNegative() ? Duration.ZERO : since;
    }

    private static String title(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
