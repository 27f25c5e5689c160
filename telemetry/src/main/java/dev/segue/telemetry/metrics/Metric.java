package dev.segue.telemetry.metrics;

import static dev.segue.telemetry.metrics.MetricKind.COUNTER;
import static dev.segue.telemetry.metrics.MetricKind.GAUGE;
import static dev.segue.telemetry.metrics.MetricKind.TIMER;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Every metric of Segue's own, by the name under which it is served. Larger than most classes, since it is the one list
 * from which meters, their reference and the checks of dashboards are made.
 */
public enum Metric {
    BACKLOG_TASKS(
            "segue_backlog_tasks", GAUGE, Role.ORCHESTRATOR, "Tasks of a level given out and not answered.", "level"),
    BACKLOG_CODES(
            "segue_backlog_codes",
            GAUGE,
            Role.ORCHESTRATOR,
            "Codes of a level that queued and running songs still need.",
            "level"),
    BACKLOG_SECONDS(
            "segue_backlog_seconds",
            GAUGE,
            Role.ORCHESTRATOR,
            "Seconds that one slot would take for them at the measured pace; where nothing was measured yet, as long as"
                    + " they last as sound.",
            "level"),
    BACKLOG_SONGS(
            "segue_backlog_songs",
            GAUGE,
            Role.ORCHESTRATOR,
            "Queued and running songs that need codes of a level.",
            "level"),
    BACKLOG_AUDIO_TASKS(
            "segue_backlog_audio_tasks", GAUGE, Role.ORCHESTRATOR, "Audio tasks given out and not answered."),
    BACKLOG_AUDIO_SECONDS(
            "segue_backlog_audio_seconds",
            GAUGE,
            Role.ORCHESTRATOR,
            "Seconds that one lane would take for all audio work of songs on their way, at the measured pace."),
    ORCHESTRATOR_ACTIVE(
            "segue_orchestrator_active",
            GAUGE,
            Role.ORCHESTRATOR,
            "1 if this orchestrator has the work, 0 if it stands by; only the active one knows a backlog."),
    SONGS("segue_songs", GAUGE, Role.ORCHESTRATOR, "Songs on their way, by state.", "state"),
    QUEUE_OLDEST_SECONDS(
            "segue_queue_oldest_seconds", GAUGE, Role.ORCHESTRATOR, "How long the oldest queued song waits."),
    SONGS_RECEIVED("segue_songs_received_total", COUNTER, Role.ORCHESTRATOR, "Requests that became songs."),
    SONGS_ACCEPTED("segue_songs_accepted_total", COUNTER, Role.ORCHESTRATOR, "Songs that were accepted."),
    SONGS_ENDED(
            "segue_songs_ended_total",
            COUNTER,
            Role.ORCHESTRATOR,
            "Songs that ended: completed, failed, cancelled, expired or rejected.",
            "state"),
    SONG_WAIT_SECONDS(
            "segue_song_wait_seconds", TIMER, Role.ORCHESTRATOR, "From a song's request until it was admitted."),
    SONG_FIRST_SOUND_SECONDS(
            "segue_song_first_sound_seconds",
            TIMER,
            Role.ORCHESTRATOR,
            "From a song's request until the first of it could be heard."),
    SONG_SECONDS("segue_song_seconds", TIMER, Role.ORCHESTRATOR, "From a song's request until its end.", "state"),
    SONG_SOUND_SECONDS(
            "segue_song_sound_seconds_total",
            COUNTER,
            Role.ORCHESTRATOR,
            "How long completed songs are, all together."),
    REQUESTS_REFUSED(
            "segue_requests_refused_total",
            COUNTER,
            Role.ORCHESTRATOR,
            "Requests and commands turned away, by the first field that was wrong.",
            "field"),
    RESULTS_DROPPED(
            "segue_results_dropped_total",
            COUNTER,
            Role.ORCHESTRATOR,
            "Results of no use: duplicate, late, of a foreign model, unexpected.",
            "reason"),
    WINDOWS_ACCEPTED("segue_windows_accepted_total", COUNTER, Role.ORCHESTRATOR, "Windows whose codes were accepted."),
    TASK_RETRIES("segue_task_retries_total", COUNTER, Role.ORCHESTRATOR, "Tasks given out again."),
    TASKS_LOST(
            "segue_tasks_lost_total",
            COUNTER,
            Role.ORCHESTRATOR,
            "Tasks whose worker fell silent or that nobody took."),
    DEAD_LETTERS("segue_dead_letters_total", COUNTER, Role.ORCHESTRATOR, "Records put among the dead letters."),
    STEPS_UNDONE("segue_steps_undone_total", COUNTER, Role.ORCHESTRATOR, "Steps that failed and were undone."),
    REGISTRY_WAITS("segue_registry_waits_total", COUNTER, Role.ORCHESTRATOR, "Waits for a registry that was silent."),

    WINDOW_SECONDS(
            "segue_window_seconds",
            TIMER,
            Role.GENERATION,
            "What a window took: wait (from being given out until it began), prefill and decode.",
            "level",
            "phase"),
    SAMPLER_SLOTS("segue_sampler_slots", GAUGE, Role.GENERATION, "Windows that a worker can sample at once.", "worker"),
    SAMPLER_SLOTS_IN_USE("segue_sampler_slots_in_use", GAUGE, Role.GENERATION, "Slots that hold a window.", "worker"),
    SAMPLER_WAITING_TASKS(
            "segue_sampler_waiting_tasks",
            GAUGE,
            Role.GENERATION,
            "Tasks that a worker holds and that wait for a slot or a model.",
            "worker"),
    SAMPLER_BUSY_SECONDS(
            "segue_sampler_busy_seconds_total",
            COUNTER,
            Role.GENERATION,
            "Seconds in which codes were computed; its rate is the busy share of a worker.",
            "level"),
    SAMPLER_CODES(
            "segue_sampler_codes_total",
            COUNTER,
            Role.GENERATION,
            "Codes that were sampled, those of unfinished windows too.",
            "level"),
    SAMPLER_BEST_CODES_PER_SECOND(
            "segue_sampler_best_codes_per_second",
            GAUGE,
            Role.GENERATION,
            "Most codes per second, of all windows together, that a worker has computed for the length of a burst since"
                    + " it loaded the model. The rate of segue_sampler_codes_total over it is the fraction of the limit:"
                    + " what is missing to 1 are slots that are empty, waits, and prefill.",
            "level",
            "worker"),
    MODEL_LOAD_SECONDS(
            "segue_model_load_seconds",
            TIMER,
            Role.GENERATION,
            "Fetching, checking and loading a level of a model.",
            "level"),

    TASKS(
            "segue_tasks_total",
            COUNTER,
            Role.WORKER,
            "Tasks of a queue: taken, accepted (done and answered), skipped, released (given back), rejected"
                    + " (unreadable), failed.",
            "pool",
            "worker",
            "result"),
    TASKS_HELD("segue_tasks_held", GAUGE, Role.WORKER, "Tasks that a worker holds.", "pool", "worker"),
    WORKER_DEAD_LETTERS(
            "segue_worker_dead_letters_total",
            COUNTER,
            Role.WORKER,
            "Records that a worker could not read and put among the dead letters.",
            "pool",
            "worker"),
    LOCK_RENEWALS("segue_lock_renewals_total", COUNTER, Role.WORKER, "Locks of tasks renewed.", "pool", "worker"),
    LOCKS_LOST(
            "segue_locks_lost_total",
            COUNTER,
            Role.WORKER,
            "Locks of tasks that ran out or went down with a broker: the task is done again.",
            "pool",
            "worker"),

    AUDIO_TASK_SECONDS(
            "segue_audio_task_seconds",
            TIMER,
            Role.ASSEMBLY,
            "What an audio task took: wait (from being given out until it began) and work.",
            "task",
            "phase"),
    AUDIO_SECONDS("segue_audio_seconds_total", COUNTER, Role.ASSEMBLY, "Seconds of sound made of codes.", "level"),
    AUDIO_DECODE_SECONDS(
            "segue_audio_decode_seconds", TIMER, Role.ASSEMBLY, "Turning the codes of a range into samples.", "level"),
    AUDIO_FLAC_BYTES("segue_audio_flac_bytes_total", COUNTER, Role.ASSEMBLY, "Bytes of FLAC files of ranges.", "level"),
    S3_SECONDS(
            "segue_s3_seconds",
            TIMER,
            Role.WORKER,
            "Calls of the object store, all tries of a call together.",
            "operation",
            "outcome"),

    RESIDENT_BYTES(
            "segue_process_resident_bytes", GAUGE, Role.EVERY, "Memory of the process in RAM, that of tensors too.");

    /** Bounds of buckets: from a call of the store to a song that waits. */
    private static final Duration[] BUCKETS = Stream.of(
                    5L,
                    20L,
                    50L,
                    100L,
                    250L,
                    500L,
                    1000L,
                    2500L,
                    5000L,
                    10_000L,
                    30_000L,
                    60_000L,
                    120_000L,
                    300_000L,
                    600_000L,
                    1_800_000L,
                    3_600_000L)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    /** Which processes serve a metric. */
    public enum Role {
        EVERY("every role"),
        ORCHESTRATOR("orchestrator"),
        WORKER("generation and assembly workers"),
        GENERATION("generation workers"),
        ASSEMBLY("assembly workers");

        private final String title;

        Role(String title) {
            this.title = title;
        }

        /** As the reference calls it. */
        public String title() {
            return title;
        }
    }

    private final String title;
    private final MetricKind kind;
    private final Role role;
    private final String description;
    private final List<String> labels;

    Metric(String title, MetricKind kind, Role role, String description, String... labels) {
        this.title = title;
        this.kind = kind;
        this.role = role;
        this.description = description;
        this.labels = List.of(labels);
    }

    /** The name under which it is served; of a timer, what its series begin with. */
    public String title() {
        return title;
    }

    public MetricKind kind() {
        return kind;
    }

    public Role role() {
        return role;
    }

    public String description() {
        return description;
    }

    public List<String> labels() {
        return labels;
    }

    /** The names of its series as queries use them. */
    public List<String> series() {
        return kind == TIMER
                ? List.of(title + "_bucket", title + "_count", title + "_sum", title + "_max")
                : List.of(title);
    }

    /**
     * Its counter with these values of its labels; the same one for the same values.
     *
     * @throws IllegalArgumentException if it is none, or has another number of labels
     */
    public Counter counter(MeterRegistry registry, String... values) {
        requireKind(COUNTER);
        return Counter.builder(meter())
                .description(description)
                .tags(tags(values))
                .register(registry);
    }

    /** A counter whose value something else keeps; the first one that is asked for with these values stays. */
    public <T> void counter(MeterRegistry registry, T of, ToDoubleFunction<T> value, String... values) {
        requireKind(COUNTER);
        FunctionCounter.builder(meter(), of, value)
                .description(description)
                .tags(tags(values))
                .register(registry);
    }

    /** A gauge that asks whenever it is read; the first one that is asked for with these values stays. */
    public void gauge(MeterRegistry registry, Supplier<Number> value, String... values) {
        requireKind(GAUGE);
        Gauge.builder(meter(), value)
                .description(description)
                .tags(tags(values))
                .strongReference(true)
                .register(registry);
    }

    /** Its timer with these values of its labels; the same one for the same values. */
    public Timer timer(MeterRegistry registry, String... values) {
        requireKind(TIMER);
        return Timer.builder(meter())
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .tags(tags(values))
                .register(registry);
    }

    /** What Micrometer calls it, whose naming for Prometheus adds the unit of timers and the end of counters. */
    private String meter() {
        String stem =
                switch (kind) {
                    case COUNTER -> title.substring(0, title.length() - "_total".length());
                    case TIMER -> title.substring(0, title.length() - "_seconds".length());
                    case GAUGE -> title;
                };
        return stem.replace('_', '.');
    }

    private String[] tags(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(title + " is given " + values.length + " values "
                    + Arrays.toString(values) + ", but has the labels " + labels);
        }
        String[] tags = new String[2 * values.length];
        for (int i = 0; i < values.length; i++) {
            tags[2 * i] = labels.get(i);
            tags[2 * i + 1] = values[i];
        }
        return tags;
    }

    private void requireKind(MetricKind wanted) {
        if (kind != wanted) {
            throw new IllegalArgumentException(title + " is a " + kind + ", not a " + wanted);
        }
    }
}
