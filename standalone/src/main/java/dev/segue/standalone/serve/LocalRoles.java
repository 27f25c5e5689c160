package dev.segue.standalone.serve;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.ClusterException;
import dev.segue.contracts.client.PublishedModels;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.orchestrator.Orchestrator;
import dev.segue.orchestrator.OrchestratorConfig;
import dev.segue.orchestrator.status.StatusConfig;
import dev.segue.orchestrator.status.StatusServer;
import dev.segue.standalone.models.Home;
import dev.segue.telemetry.Telemetry;
import dev.segue.worker.assembly.AssemblyConfig;
import dev.segue.worker.assembly.AssemblyWorker;
import dev.segue.worker.generation.GenerationConfig;
import dev.segue.worker.generation.GenerationWorker;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.labels.KnownNames;
import dev.segue.worker.tasks.WorkerSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Orchestrator and workers of one machine, all in this process.
 *
 * <p>Used by the thread that starts them.
 */
final class LocalRoles {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Cluster cluster;
    private final Map<String, String> addresses;
    private final Deque<AutoCloseable> parts;
    private final Telemetry telemetry;
    private StatusServer server;

    /**
     * None yet.
     *
     * @param cluster that they work on
     * @param addresses of its servers, by the names of variables
     * @param parts what is to be closed, the last started first: each role is added once it is started
     * @param telemetry where all of them leave what they measure
     */
    LocalRoles(Cluster cluster, Map<String, String> addresses, Deque<AutoCloseable> parts, Telemetry telemetry) {
        this.telemetry = telemetry;
        this.cluster = cluster;
        this.addresses = addresses;
        this.parts = parts;
    }

    /**
     * Starts all of them, and returns when songs can be asked of these models.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if a role cannot be configured so
     */
    void start(Home home, LocalSettings settings, LocalModels models) throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>(settings.variables());
        // They may speak of a cluster elsewhere.
        variables.keySet().removeIf(LocalRoles::isOfAnotherCluster);
        variables.putAll(addresses);
        variables.put(WorkerSettings.MODELS.key(), home.folder().toString());
        variables.put(WorkerSettings.MODELS_CACHE.key(), home.folder().toString());
        variables.put("SEGUE_ORCHESTRATOR_REPLICAS", "1");
        Orchestrator orchestrator = startOrchestrator(variables);
        if (settings.serves()) {
            server = orchestrator.serve(StatusConfig.from(Settings.of(variables)));
            parts.push(server);
        }
        for (ModelFolder model : models.folders()) {
            KnownNames names = model.names();
            PublishedModels.announce(cluster, model.card(), names.artists(), names.genres());
        }
        for (int number = 1; number <= settings.workersPerPool(); number++) {
            for (LevelPool pool : LevelPool.values()) {
                startGeneration(variables, pool, number);
            }
        }
        startAssembly(variables);
        try {
            orchestrator.awaitRunning(START_LIMIT);
        } catch (TimeoutException e) {
            throw new ClusterException(e.getMessage(), e);
        }
    }

    /** The port of HTTP; empty if it is not served. */
    OptionalInt httpPort() {
        return server == null ? OptionalInt.empty() : OptionalInt.of(server.port());
    }

    private static boolean isOfAnotherCluster(String variable) {
        return variable.startsWith("SEGUE_KAFKA_")
                || variable.startsWith("SEGUE_REGISTRY_")
                || variable.startsWith("SEGUE_S3_");
    }

    /** First, since it sets up what all others need. */
    private Orchestrator startOrchestrator(Map<String, String> variables) throws IOException, InterruptedException {
        try {
            Orchestrator orchestrator = Orchestrator.start(OrchestratorConfig.from(Settings.of(variables)), telemetry);
            parts.push(orchestrator);
            return orchestrator;
        } catch (ExecutionException e) {
            throw new ClusterException(
                    "the broker refuses to be set up: " + e.getCause().getMessage(), e);
        }
    }

    /** One for each pool, so that levels of a song are sampled side by side. */
    private void startGeneration(Map<String, String> variables, LevelPool pool, int number) {
        Map<String, String> own = new HashMap<>(variables);
        own.put(GenerationConfig.LEVEL.key(), pool.title());
        own.put(WorkerSettings.NAME.key(), String.format(Locale.ROOT, "%s-%d", pool.title(), number));
        GenerationWorker worker = new GenerationWorker(GenerationConfig.from(Settings.of(own)), telemetry);
        parts.push(worker);
        worker.start();
    }

    private void startAssembly(Map<String, String> variables) throws IOException {
        Map<String, String> own = new HashMap<>(variables);
        own.put(WorkerSettings.NAME.key(), "assembly");
        AssemblyWorker worker = new AssemblyWorker(AssemblyConfig.from(Settings.of(own)), telemetry);
        parts.push(worker);
        worker.start();
    }
}
