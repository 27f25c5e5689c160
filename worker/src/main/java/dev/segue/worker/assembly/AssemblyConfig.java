package dev.segue.worker.assembly;

import ai.djl.Device;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.store.S3Access;
import dev.segue.worker.tasks.Installation;
import dev.segue.worker.tasks.WorkerSettings;
import dev.segue.worker.torch.Torch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How an assembly worker is configured.
 *
 * @param installation that it belongs to
 * @param name that its results bear
 * @param lanes tasks that are under way at once
 * @param device that holds VQ-VAEs
 * @param threads of one operation on a CPU
 * @param models source of models: a folder, s3:// or http(s)://
 * @param modelsCache folder of this machine that keeps what was fetched and verified
 * @param loadedModels VQ-VAEs that are kept loaded at once
 * @param s3 where the bucket is
 * @param bucket where songs are put
 * @param scratch folder for files of tasks under way
 * @param grace how long tasks may take to be finished when the worker is told to end
 */
public record AssemblyConfig(
        Installation installation,
        String name,
        int lanes,
        Device device,
        int threads,
        String models,
        Path modelsCache,
        int loadedModels,
        S3Access s3,
        String bucket,
        Path scratch,
        Duration grace) {

    /** {@link #lanes}. */
    public static final Setting<Integer> LANES = Setting.wholeNumber(
                    "SEGUE_ASSEMBLY_LANES",
                    "Audio tasks that are under way at once. One thread computes for all of them; the others read,"
                            + " write and talk to the store.",
                    1,
                    64)
            .orElse("2");

    /** {@link #device}. */
    public static final Setting<String> DEVICE = Setting.text(
                    "SEGUE_ASSEMBLY_DEVICE",
                    "What turns codes into sound: the CPU, the first GPU or another one.",
                    "cpu, gpu or gpu:NUMBER",
                    Torch.DEVICE)
            .orElse("cpu");

    /** {@link #loadedModels}. */
    public static final Setting<Integer> LOADED_MODELS = Setting.wholeNumber(
                    "SEGUE_ASSEMBLY_LOADED_MODELS",
                    "Models whose VQ-VAE an assembly worker keeps loaded; the one that was not used for longest makes"
                            + " room.",
                    1,
                    64)
            .orElse("1");

    /** {@link #scratch}. */
    public static final Setting<Optional<String>> SCRATCH = Setting.optionalText(
            "SEGUE_ASSEMBLY_SCRATCH",
            "Folder for files of tasks under way, at most those of one finished song for each lane; below the"
                    + " system's temporary folder if empty.");

    /** All of them. */
    public static final List<Setting<?>> SETTINGS = Stream.of(
                    Installation.SETTINGS.stream(),
                    WorkerSettings.SETTINGS.stream(),
                    Stream.of(LANES, DEVICE, LOADED_MODELS, SCRATCH),
                    S3Access.SETTINGS.stream())
            .<Setting<?>>flatMap(settings -> settings)
            .toList();

    /**
     * A worker as variables describe it.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if one is missing or cannot be
     */
    public static AssemblyConfig from(Map<String, String> variables) {
        return from(Settings.of(variables));
    }

    /**
     * A worker as settings describe it.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if one is missing or cannot be
     */
    public static AssemblyConfig from(Settings settings) {
        return new AssemblyConfig(
                Installation.from(settings),
                WorkerSettings.name(settings),
                settings.get(LANES),
                Torch.device(settings.get(DEVICE)),
                WorkerSettings.threads(settings),
                settings.get(WorkerSettings.MODELS),
                Path.of(settings.get(WorkerSettings.MODELS_CACHE)),
                settings.get(LOADED_MODELS),
                S3Access.from(settings),
                settings.get(S3Access.BUCKET),
                settings.get(SCRATCH)
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "segue-assembly")),
                settings.get(WorkerSettings.GRACE));
    }
}
