package dev.segue.worker.assembly;

import dev.segue.contracts.record.AudioTask;
import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.metrics.Metric;
import java.time.Duration;
import java.util.Locale;

/** Times audio tasks and counts what they make. Safe for any number of threads. */
record AudioMeters(Telemetry telemetry) {
    /** A task is over. */
    void done(AudioTask task, Duration waited, Duration worked) {
        String kind = task.getKind().name().toLowerCase(Locale.ROOT);
        Metric.AUDIO_TASK_SECONDS.timer(telemetry.meters(), kind, "wait").record(waited);
        Metric.AUDIO_TASK_SECONDS.timer(telemetry.meters(), kind, "work").record(worked);
    }

    /** A range was turned into sound. */
    void decoded(int level, double seconds, Duration took) {
        Metric.AUDIO_SECONDS
                .counter(telemetry.meters(), Integer.toString(level))
                .increment(seconds);
        Metric.AUDIO_DECODE_SECONDS
                .timer(telemetry.meters(), Integer.toString(level))
                .record(took);
    }

    /** A range's file was put into the store. */
    void stored(int level, long bytes) {
        Metric.AUDIO_FLAC_BYTES
                .counter(telemetry.meters(), Integer.toString(level))
                .increment(bytes);
    }
}
