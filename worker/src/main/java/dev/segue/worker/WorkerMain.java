package dev.segue.worker;

import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.http.Health;
import dev.segue.telemetry.http.HttpSettings;
import dev.segue.telemetry.http.TelemetryServer;
import dev.segue.telemetry.logs.LogSetup;
import dev.segue.worker.assembly.AssemblyConfig;
import dev.segue.worker.assembly.AssemblyWorker;
import dev.segue.worker.generation.GenerationConfig;
import dev.segue.worker.generation.GenerationWorker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker in a process of its own, configured by its environment. Ends well when it is told to by a signal. */
public final class WorkerMain {
    /** What the worker does. */
    public static final Setting<String> ROLES = Setting.text(
                    "SEGUE_WORKER_ROLES",
                    "What a worker does, separated by commas: it samples windows, or makes sound of codes, or both.",
                    "generation, assembly or both",
                    Pattern.compile("(generation|assembly)(,(generation|assembly))*"))
            .orElse("generation,assembly");

    private static final Logger LOG = LoggerFactory.getLogger(WorkerMain.class);
    private static final int MISCONFIGURED = 2;

    private WorkerMain() {}

    /** Runs until the process is told to end. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<AutoCloseable> workers;
        try {
            workers = start(Settings.load(System.getenv()));
        } catch (InvalidSettingException e) {
            LOG.error("event=misconfigured key={} message=\"{}\"", e.key(), e.getMessage());
            System.exit(MISCONFIGURED);
            return;
        }
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> workers.parallelStream().forEach(WorkerMain::close), "shutdown"));
        new CountDownLatch(1).await();
    }

    private static List<AutoCloseable> start(Settings settings) throws IOException {
        LogSetup.ofRole(settings).apply();
        Telemetry telemetry = Telemetry.of(settings, "worker");
        String host = settings.get(HttpSettings.HOST);
        int port = settings.get(HttpSettings.PORT);
        Set<String> roles = Set.copyOf(List.of(settings.get(ROLES).split(",")));
        // All settings are read before the first worker starts.
        Optional<GenerationConfig> generation = Optional.of(settings)
                .filter(given -> roles.contains("generation"))
                .map(GenerationConfig::from);
        Optional<AssemblyConfig> assembly = Optional.of(settings)
                .filter(given -> roles.contains("assembly"))
                .map(AssemblyConfig::from);
        List<AutoCloseable> workers = new ArrayList<>();
        List<Health> health = new ArrayList<>();
        if (generation.isPresent()) {
            settings.lines(GenerationConfig.SETTINGS).forEach(line -> LOG.info("event=setting setting=\"{}\"", line));
            GenerationWorker worker = new GenerationWorker(generation.get(), telemetry);
            worker.start();
            workers.add(worker);
            health.add(worker.health());
        }
        if (assembly.isPresent()) {
            settings.lines(AssemblyConfig.SETTINGS).forEach(line -> LOG.info("event=setting setting=\"{}\"", line));
            AssemblyWorker worker = new AssemblyWorker(assembly.get(), telemetry);
            worker.start();
            workers.add(worker);
            health.add(worker.health());
        }
        workers.add(TelemetryServer.start(host, port, telemetry, Health.ofAll(health)));
        return workers;
    }

    private static void close(AutoCloseable worker) {
        try {
            worker.close();
        } catch (Exception e) {
            LOG.error("event=worker_not_closed", e);
        }
    }
}
