package dev.segue.standalone.serve;

import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.embedded.Ports;
import dev.segue.orchestrator.OrchestratorConfig;
import dev.segue.orchestrator.status.StatusConfig;
import dev.segue.standalone.cluster.ClusterSettings;
import dev.segue.telemetry.logs.LogSettings;
import dev.segue.telemetry.trace.TraceSettings;
import dev.segue.worker.assembly.AssemblyConfig;
import dev.segue.worker.generation.GenerationConfig;
import dev.segue.worker.tasks.WorkerSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How everything in one process is configured.
 *
 * @param ports of broker, registry and object store
 * @param workersPerPool generation workers for each pool of levels
 * @param serves whether HTTP is served
 * @param variables settings of the roles, by the names of their variables; where things are is filled in
 */
public record LocalSettings(Ports ports, int workersPerPool, boolean serves, Map<String, String> variables) {
    public static final Setting<Integer> KAFKA_PORT = port("KAFKA", "The broker's port", "9092");
    public static final Setting<Integer> REGISTRY_PORT = port("REGISTRY", "The schema registry's port", "8081");
    public static final Setting<Integer> S3_PORT = port("S3", "The object store's port", "9000");

    /** {@link StatusConfig#PORT} of this machine alone. */
    public static final Setting<Integer> HTTP_PORT = port("HTTP", "The page's and HTTP's port", "8080");

    /** {@link #workersPerPool}. */
    public static final Setting<Integer> WORKERS = Setting.wholeNumber(
                    "SEGUE_SERVE_WORKERS", "Generation workers for each of top, middle and bottom levels.", 1, 64)
            .orElse("1");

    /** All that are this process's own; those of the roles come with them. */
    public static final List<Setting<?>> SETTINGS = List.of(KAFKA_PORT, REGISTRY_PORT, S3_PORT, HTTP_PORT, WORKERS);

    private static final int CORES_PER_THREAD = 4;

    public LocalSettings {
        variables = Map.copyOf(variables);
    }

    private static Setting<Integer> port(String server, String description, String usual) {
        return Setting.wholeNumber(
                        "SEGUE_SERVE_" + server + "_PORT",
                        description + " on 127.0.0.1; 0 for any free one.",
                        0,
                        65_535)
                .orElse(usual);
    }

    /**
     * For one song: any ports, and no more slots than it has windows at once.
     *
     * @param variables what is configured
     * @param parallelSegments of the song
     */
    public static LocalSettings forOneSong(Map<String, String> variables, int parallelSegments) {
        Map<String, String> all = withDefaults(variables);
        all.putIfAbsent("SEGUE_WORKER_SLOTS", Integer.toString(Math.max(1, Math.min(4, parallelSegments))));
        return new LocalSettings(Ports.free(), 1, false, all);
    }

    /**
     * For a server.
     *
     * @param variables what is configured
     * @throws dev.segue.contracts.settings.InvalidSettingException if one of them cannot be
     */
    public static LocalSettings forServer(Map<String, String> variables) {
        Settings settings = Settings.of(variables);
        return new LocalSettings(
                new Ports(settings.get(KAFKA_PORT), settings.get(REGISTRY_PORT), settings.get(S3_PORT)),
                settings.get(WORKERS),
                true,
                overHttp(settings, withDefaults(variables)));
    }

    /** HTTP of this machine alone, whatever is said for roles elsewhere. */
    private static Map<String, String> overHttp(Settings settings, Map<String, String> variables) {
        variables.put(StatusConfig.HOST.key(), Ports.HOST);
        variables.put(StatusConfig.PORT.key(), settings.get(HTTP_PORT).toString());
        return variables;
    }

    /** What can be configured of a server of one machine and its roles, but for where things are. */
    static List<Setting<?>> all() {
        Set<String> seen = ClusterSettings.all().stream().map(Setting::key).collect(Collectors.toSet());
        seen.addAll(List.of(
                WorkerSettings.MODELS.key(),
                WorkerSettings.MODELS_CACHE.key(),
                GenerationConfig.LEVEL.key(),
                StatusConfig.HOST.key(),
                StatusConfig.PORT.key(),
                WorkerSettings.NAME.key()));
        return Stream.of(
                        SETTINGS,
                        OrchestratorConfig.SETTINGS,
                        StatusConfig.SETTINGS,
                        TraceSettings.SETTINGS,
                        LogSettings.SETTINGS,
                        GenerationConfig.SETTINGS,
                        AssemblyConfig.SETTINGS)
                .flatMap(List::stream)
                .filter(setting -> seen.add(setting.key()))
                .toList();
    }

    /** Three engines, the decoder, the broker and the orchestrator share the cores. */
    private static Map<String, String> withDefaults(Map<String, String> variables) {
        Map<String, String> all = new HashMap<>(variables);
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / CORES_PER_THREAD);
        all.putIfAbsent("SEGUE_WORKER_THREADS", Integer.toString(threads));
        return all;
    }
}
