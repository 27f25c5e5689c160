package dev.segue.standalone.serve;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.topic.LevelPool;
import dev.segue.embedded.Infrastructure;
import dev.segue.orchestrator.Orchestrator;
import dev.segue.orchestrator.OrchestratorConfig;
import dev.segue.standalone.cluster.ClusterSettings;
import dev.segue.standalone.models.Home;
import dev.segue.standalone.songs.Cluster;
import dev.segue.standalone.songs.ClusterException;
import dev.segue.standalone.songs.PublishedModels;
import dev.segue.worker.assembly.AssemblyConfig;
import dev.segue.worker.assembly.AssemblyWorker;
import dev.segue.worker.generation.GenerationConfig;
import dev.segue.worker.generation.GenerationWorker;
import dev.segue.worker.store.S3Access;
import dev.segue.worker.tasks.Installation;
import dev.segue.worker.torch.Torch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Broker, registry, object store and all roles in this process, on the data folder of a home. Everything stays there when
 * it is closed.
 *
 * <p>Started and closed by one thread.
 */
public final class LocalSegue implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LocalSegue.class);
    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Path data;
    private final Infrastructure infrastructure;
    private final Cluster cluster;
    private final Map<String, String> addresses;
    /** What is to be closed, the last started first. */
    private final Deque<AutoCloseable> parts;

    private LocalSegue(
            Path data, Infrastructure infrastructure, Map<String, String> addresses, Deque<AutoCloseable> parts) {
        this.data = data;
        this.infrastructure = infrastructure;
        this.addresses = addresses;
        this.cluster = ClusterSettings.cluster(Settings.of(addresses));
        this.parts = parts;
    }

    /**
     * Starts everything, and returns when songs can be asked of these models.
     *
     * @throws dev.segue.embedded.EmbeddedException if another process runs on the folder, or a server does not start
     * @throws dev.segue.contracts.settings.InvalidSettingException if a role cannot be configured so
     */
    public static LocalSegue start(Home home, LocalSettings settings, LocalModels models)
            throws IOException, InterruptedException {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        LocalSegue segue = null;
        try {
            // The engine of tensors takes a moment, and so do the servers.
            Thread engine = new Thread(Torch::threads, "engine");
            engine.start();
            Infrastructure infrastructure = Infrastructure.start(home.data(), settings.ports());
            parts.push(infrastructure);
            engine.join();
            Map<String, String> addresses = addresses(infrastructure, settings.variables());
            LocalSegue started = new LocalSegue(home.data(), infrastructure, addresses, parts);
            started.startRoles(home, settings, models);
            segue = started;
            return started;
        } finally {
            if (segue == null) {
                close(parts);
            }
        }
    }

    /** What clients of this process are configured with. */
    private static Map<String, String> addresses(Infrastructure infrastructure, Map<String, String> variables) {
        Map<String, String> addresses = new HashMap<>();
        addresses.put(Installation.BOOTSTRAP_SERVERS.key(), infrastructure.bootstrapServers());
        addresses.put(Installation.REGISTRY_URL.key(), infrastructure.registryUrl());
        addresses.put(S3Access.ENDPOINT.key(), infrastructure.s3().endpoint().toString());
        addresses.put(
                S3Access.ACCESS_KEY.key(), infrastructure.s3().credentials().accessKey());
        addresses.put(
                S3Access.SECRET_KEY.key(), infrastructure.s3().credentials().secretKey());
        addresses.put(S3Access.BUCKET.key(), infrastructure.s3().bucket());
        String prefix = variables.get(Installation.TOPIC_PREFIX.key());
        if (prefix != null) {
            addresses.put(Installation.TOPIC_PREFIX.key(), prefix);
        }
        return addresses;
    }

    private void startRoles(Home home, LocalSettings settings, LocalModels models)
            throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>(settings.variables());
        // They may speak of a cluster elsewhere.
        variables.keySet().removeIf(LocalSegue::isOfAnotherCluster);
        variables.putAll(addresses);
        variables.put(GenerationConfig.MODELS.key(), home.folder().toString());
        variables.put(GenerationConfig.MODELS_CACHE.key(), home.folder().toString());
        variables.put(
                "SEGUE_ORCHESTRATOR_STATE_FOLDER", data.resolve("orchestrator").toString());
        variables.put("SEGUE_ORCHESTRATOR_REPLICAS", "1");
        Orchestrator orchestrator = startOrchestrator(variables);
        for (ModelCard card : models.cards()) {
            PublishedModels.announce(cluster, card);
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

    private static boolean isOfAnotherCluster(String variable) {
        return variable.startsWith("SEGUE_KAFKA_")
                || variable.startsWith("SEGUE_REGISTRY_")
                || variable.startsWith("SEGUE_S3_");
    }

    /** First, since it sets up what all others need. */
    private Orchestrator startOrchestrator(Map<String, String> variables) throws IOException, InterruptedException {
        try {
            Orchestrator orchestrator = Orchestrator.start(OrchestratorConfig.from(Settings.of(variables)));
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
        own.put(GenerationConfig.NAME.key(), String.format(Locale.ROOT, "%s-%d", pool.title(), number));
        GenerationWorker worker = new GenerationWorker(GenerationConfig.from(Settings.of(own)));
        parts.push(worker);
        worker.start();
    }

    private void startAssembly(Map<String, String> variables) throws IOException {
        Map<String, String> own = new HashMap<>(variables);
        own.put(AssemblyConfig.NAME.key(), "assembly");
        AssemblyWorker worker = new AssemblyWorker(AssemblyConfig.from(Settings.of(own)));
        parts.push(worker);
        worker.start();
    }

    /** What can be configured of it and its roles, but for where things are. */
    static List<Setting<?>> settings() {
        Set<String> seen = ClusterSettings.all().stream().map(Setting::key).collect(Collectors.toSet());
        seen.addAll(List.of(
                GenerationConfig.MODELS.key(),
                GenerationConfig.MODELS_CACHE.key(),
                GenerationConfig.LEVEL.key(),
                GenerationConfig.NAME.key()));
        return Stream.of(
                        LocalSettings.SETTINGS,
                        OrchestratorConfig.SETTINGS,
                        GenerationConfig.SETTINGS,
                        AssemblyConfig.SETTINGS)
                .flatMap(List::stream)
                .filter(setting -> seen.add(setting.key()))
                .toList();
    }

    /** Where everything is. */
    public Cluster cluster() {
        return cluster;
    }

    /** Broker, registry and object store; stays this one's. */
    Infrastructure infrastructure() {
        return infrastructure;
    }

    /** The settings of a client of this process, by the names of variables; one of them is secret. */
    Map<String, String> addresses() {
        return Map.copyOf(addresses);
    }

    /** The file that an object of the store is. */
    public Path fileOf(String key) {
        return data.resolve("s3").resolve("objects").resolve(cluster.bucket()).resolve(key);
    }

    @Override
    public void close() {
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn(
                        "event=part_not_closed part={} reason=\"{}\"",
                        part.getClass().getSimpleName(),
                        e.toString());
            }
        }
    }
}
