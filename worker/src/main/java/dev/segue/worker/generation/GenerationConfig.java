package dev.segue.worker.generation;

import ai.djl.Device;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.store.S3Access;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.tasks.Installation;
import dev.segue.worker.tasks.WorkerSettings;
import dev.segue.worker.torch.Torch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
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
                    Torch.DEVICE)
            .orElse("cpu");

    /** {@link #loadedModels}. */
    public static final Setting<Integer> LOADED_MODELS = Setting.wholeNumber(
                    "SEGUE_WORKER_LOADED_MODELS",
                    "Models that a generation worker keeps loaded; the one that was not used for longest makes room.",
                    1,
                    64)
            .orElse("1");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = Stream.of(
                    Installation.SETTINGS.stream(),
                    WorkerSettings.SETTINGS.stream(),
                    Stream.of(LEVEL, SLOTS, PRECISION, DEVICE, LOADED_MODELS),
                    S3Access.SETTINGS.stream())
            .<Setting<?>>flatMap(settings -> settings)
            .toList();

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
        return new GenerationConfig(
                Installation.from(settings),
                WorkerSettings.name(settings),
                pools(settings.get(LEVEL)),
                settings.get(SLOTS),
                settings.get(PRECISION),
                Torch.device(settings.get(DEVICE)),
                WorkerSettings.threads(settings),
                settings.get(WorkerSettings.MODELS),
                Path.of(settings.get(WorkerSettings.MODELS_CACHE)),
                S3Access.from(settings),
                settings.get(LOADED_MODELS),
                settings.get(WorkerSettings.GRACE));
    }

    private static List<LevelPool> pools(Levels levels) {
        return switch (levels) {
            case TOP -> List.of(LevelPool.TOP);
            case MIDDLE -> List.of(LevelPool.MIDDLE);
            case BOTTOM -> List.of(LevelPool.BOTTOM);
            case ALL -> List.of(LevelPool.values());
        };
    }
}
