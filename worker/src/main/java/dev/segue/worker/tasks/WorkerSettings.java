package dev.segue.worker.tasks;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Settings that workers of every role have. */
public final class WorkerSettings {
    /** Who did it. */
    public static final Setting<Optional<String>> NAME = Setting.optionalText(
            "SEGUE_WORKER_NAME",
            "What results and logs call the worker; the name of its machine and a number if empty.");

    /** Threads of one operation. */
    public static final Setting<Integer> THREADS = Setting.wholeNumber(
                    "SEGUE_WORKER_THREADS",
                    "Threads of one operation on a CPU; 0 for as many as there are cores. Never more than are free.",
                    0,
                    1024)
            .orElse("0");

    /** Source of models. */
    public static final Setting<String> MODELS = Setting.text(
            "SEGUE_MODELS",
            "Where models are: a folder with `models/NAME/` in it, or the same layout below `s3://BUCKET/PREFIX`"
                    + " or `https://…`.",
            "the path of a folder, or an address that begins with s3://, http:// or https://",
            Pattern.compile("(s3|https?)://.+|(?!.*://).+"));

    /** Where models are kept. */
    public static final Setting<String> MODELS_CACHE = Setting.text(
                    "SEGUE_MODELS_CACHE",
                    "Folder of this machine that keeps what was fetched, and notes of what was verified.")
            .orElse("segue-models");

    /** How long an end may take. */
    public static final Setting<Duration> GRACE = Setting.duration(
                    "SEGUE_WORKER_GRACE",
                    "How long a worker that is told to end may go on with the tasks that it has; what is not done by"
                            + " then goes to others.",
                    Duration.ZERO,
                    Duration.ofHours(1))
            .orElse("30s");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = List.of(NAME, THREADS, MODELS, MODELS_CACHE, GRACE);

    private WorkerSettings() {}

    /** The worker's name: what is set, or the machine's and a number. */
    public static String name(Settings settings) {
        return settings.get(NAME).orElseGet(WorkerSettings::machine);
    }

    /** Threads of one operation: what is set, or as many as there are cores. */
    public static int threads(Settings settings) {
        int threads = settings.get(THREADS);
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    private static String machine() {
        String number = UUID.randomUUID().toString().substring(0, 8);
        try {
            return InetAddress.getLocalHost().getHostName() + "-" + number;
        } catch (UnknownHostException e) {
            return "worker-" + number;
        }
    }
}
