package dev.segue.worker.assembly;

import ai.djl.Device;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
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
import java.util.regex.Pattern;
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

    /** {@link #name}. */
    public static final Setting<Optional<String>> NAME = Setting.optionalText(
            "SEGUE_WORKER_NAME",
            "What results and logs call the worker; the name of its machine and a number if empty.");

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
                    Stream.of(NAME, LANES, DEVICE, THREADS, MODELS, MODELS_CACHE, LOADED_MODELS, SCRATCH, GRACE),
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
        int threads = settings.get(THREADS);
        return new AssemblyConfig(
                Installation.from(settings),
                settings.get(NAME).orElseGet(AssemblyConfig::machine),
                settings.get(LANES),
                device(settings.get(DEVICE)),
                threads == 0 ? Runtime.getRuntime().availableProcessors() : threads,
                settings.get(MODELS),
                Path.of(settings.get(MODELS_CACHE)),
                settings.get(LOADED_MODELS),
                S3Access.from(settings),
                settings.get(S3Access.BUCKET),
                settings.get(SCRATCH)
                        .map(Path::of)
                        .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "segue-assembly")),
                settings.get(GRACE));
    }

    private static Device device(String text) {
        if (text.equals("cpu")) {
            return Device.cpu();
        }
        int colon = text.indexOf(':');
        return colon < 0 ? Device.gpu() : Device.gpu(Integer.parseInt(text.substring(colon + 1)));
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
