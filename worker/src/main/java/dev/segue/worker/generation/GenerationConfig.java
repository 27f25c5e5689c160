package dev.segue.worker.generation;

import ai.djl.Device;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.store.S3Access;
import dev.segue.worker.tasks.Installation;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How a generation worker is configured. As long as its list of settings.
 *
 * @param installation that it belongs to
 * @param name that its results bear
 * @param pools of levels that it serves
 * @param slots windows side by side at each level, and tasks that it takes at once of each pool
 * @param precision of linear maps
 * @param device that computes
 * @param threads of one operation on a CPU
 * @param models source of models: a folder, s3:// or http(s)://
 * @param modelsCache folder of this machine that keeps what was fetched and verified
 * @param s3 where the bucket of models is, if they come from one
 * @param loadedModels models that are kept loaded at once
 * @param grace how long tasks may take to be finished when the worker is told to end
 */
public record GenerationConfig(
        Installation installation,
        String name,
        List<LevelPool> pools,
        int slots,
        Precision precision,
        Device device,
        int threads,
        String models,
        Path modelsCache,
        S3Access s3,
        int loadedModels,
        Duration grace) {

    /** Which levels a worker serves. */
    public enum Levels {
        /** The coarsest. */
        TOP,
        /** Those between. */
        MIDDLE,
        /** The finest of several. */
        BOTTOM,
        /** Every one. */
        ALL
    }

    /** {@link #name}. */
    public static final Setting<Optional<String>> NAME = Setting.optionalText(
            "SEGUE_WORKER_NAME",
            "What results and logs call the worker; the name of its machine and a number if empty.");

    /** {@link #pools}. */
    public static final Setting<Levels> LEVEL = Setting.choice(
                    "SEGUE_WORKER_LEVEL",
                    "Levels that a generation worker serves: a model's top one, those between, its finest, or all.",
                    Levels.class)
            .orElse("all");

    /** {@link #slots}. */
    public static final Setting<Integer> SLOTS = Setting.wholeNumber(
                    "SEGUE_WORKER_SLOTS",
                    "Windows that are sampled side by side at each level. Each takes memory for its caches.",
                    1,
                    256)
            .orElse("4");

    /** {@link #precision}. */
    public static final Setting<Precision> PRECISION = Setting.choice(
                    "SEGUE_WORKER_PRECISION",
                    "What priors compute in; on a GPU float16, on a CPU of x86-64 float16-weights are the fastest.",
                    Precision.class)
            .orElse("float32");

    /** {@link #device}. */
    public static final Setting<String> DEVICE = Setting.text(
                    "SEGUE_WORKER_DEVICE",
                    "What computes: the CPU, the first GPU or another one.",
                    "cpu, gpu or gpu:NUMBER",
                    Pattern.compile("cpu|gpu(:\\d{1,2})?"))
            .orElse("cpu");

    /** {@link #threads}. */
    public static final Setting<Integer> THREADS = Setting.wholeNumber(
                    "SEGUE_WORKER_THREADS",
                    "Threads of one operation on a CPU; 0 for as many as there are cores. Never more than are free.",
                    0,
                    1024)
            .orElse("0");

    /** {@link #models}. */
    public static final Setting<String> MODELS = Setting.text(
            "SEGUE_MODELS",
            "Where models are: a folder with `models/NAME/` in it, or the same layout below `s3://BUCKET/PREFIX`"
                    + " or `https://…`.",
            "the path of a folder, or an address that begins with s3://, http:// or https://",
            Pattern.compile("(s3|https?)://.+|(?!.*://).+"));

    /** {@link #modelsCache}. */
    public static final Setting<String> MODELS_CACHE = Setting.text(
                    "SEGUE_MODELS_CACHE",
                    "Folder of this machine that keeps what was fetched, and notes of what was verified.")
            .orElse("segue-models");

    /** {@link #loadedModels}. */
    public static final Setting<Integer> LOADED_MODELS = Setting.wholeNumber(
                    "SEGUE_WORKER_LOADED_MODELS",
                    "Models that a generation worker keeps loaded; the one that was not used for longest makes room.",
                    1,
                    64)
            .orElse("1");

    /** {@link #grace}. */
    public static final Setting<Duration> GRACE = Setting.duration(
                    "SEGUE_WORKER_GRACE",
                    "How long a worker that is told to end may go on with the tasks that it has; what is not done by"
                            + " then goes to others.",
                    Duration.ZERO,
                    Duration.ofHours(1))
            .orElse("30s");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = Stream.of(
                    Installation.SETTINGS.stream(),
                    Stream.of(
                            NAME, LEVEL, SLOTS, PRECISION, DEVICE, THREADS, MODELS, MODELS_CACHE, LOADED_MODELS, GRACE),
                    S3Access.SETTINGS.stream())
            .<Setting<?>>flatMap(settings -> settings)
            .toList();

    private static final Pattern NUMBERED = Pattern.compile("gpu(?::(\\d+))?");

    /**
     * A worker as variables describe it.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if one is missing or cannot be
     */
    public static GenerationConfig from(Map<String, String> variables) {
        return from(Settings.of(variables));
    }

    /**
     * A worker as settings describe it.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if one is missing or cannot be
     */
    public static GenerationConfig from(Settings settings) {
        int threads = settings.get(THREADS);
        return new GenerationConfig(
                Installation.from(settings),
                settings.get(NAME).orElseGet(GenerationConfig::machine),
                pools(settings.get(LEVEL)),
                settings.get(SLOTS),
                settings.get(PRECISION),
                device(settings.get(DEVICE)),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                settings.get(MODELS),
                Path.of(settings.get(MODELS_CACHE)),
                S3Access.from(settings),
                settings.get(LOADED_MODELS),
                settings.get(GRACE));
    }

    private static List<LevelPool> pools(Levels levels) {
        return switch (levels) {
            case TOP -> List.of(LevelPool.TOP);
            case MIDDLE -> List.of(LevelPool.MIDDLE);
            case BOTTOM -> List.of(LevelPool.BOTTOM);
            case ALL -> List.of(LevelPool.values());
        };
    }

    private static Device device(String text) {
        Matcher gpu = NUMBERED.matcher(text);
        if (!gpu.matches()) {
            return Device.cpu();
        }
        return gpu.group(1) == null ? Device.gpu() : Device.gpu(Integer.parseInt(gpu.group(1)));
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
