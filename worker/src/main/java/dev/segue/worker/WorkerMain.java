package dev.segue.worker;

import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.worker.assembly.AssemblyConfig;
import dev.segue.worker.assembly.AssemblyWorker;
import dev.segue.worker.generation.GenerationConfig;
import dev.segue.worker.generation.GenerationWorker;
import dev.segue.worker.store.StoreException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A worker in a process of its own, configured by its environment. Ends well when it is told to by a signal. */
public final class WorkerMain {
    /** What the worker does. */
    public static final Setting<String> ROLES = Setting.text(
                    "SEGUE_WORKER_ROLES",
                    "What a worker does, separated by commas.",
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
        Runtime.getRuntime().addShutdownHook(new Thread(() -> workers.forEach(WorkerMain::close), "shutdown"));
        new CountDownLatch(1).await();
    }

    private static List<AutoCloseable> start(Settings settings) throws StoreException {
        List<AutoCloseable> workers = new ArrayList<>();
        List<String> roles = List.of(settings.get(ROLES).split(","));
        if (roles.contains("generation")) {
            GenerationConfig config = GenerationConfig.from(settings);
            settings.lines(GenerationConfig.SETTINGS).forEach(line -> LOG.info("event=setting {}", line));
            GenerationWorker worker = new GenerationWorker(config);
            worker.start();
            workers.add(worker);
        }
        if (roles.contains("assembly")) {
            AssemblyConfig config = AssemblyConfig.from(settings);
            settings.lines(AssemblyConfig.SETTINGS).forEach(line -> LOG.info("event=setting {}", line));
            AssemblyWorker worker = new AssemblyWorker(config);
            worker.start();
            workers.add(worker);
        }
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
