package dev.segue.standalone.serve;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.settings.Setting;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.store.S3Access;
import dev.segue.embedded.Ports;
import dev.segue.orchestrator.status.StatusConfig;
import dev.segue.standalone.cluster.HomeSettings;
import dev.segue.standalone.cluster.RunningServe;
import dev.segue.standalone.models.Home;
import dev.segue.telemetry.logs.LogSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code segue serve}: everything in one process, for other commands and other programs of this machine. */
@Command(
        name = "serve",
        description = "Start broker, registry, object store and workers on this machine, and stay until told to stop."
                + " submit, watch, status, cancel and fetch find it by themselves.")
public final class ServeCommand implements Callable<Integer> {
    private static final long STOP_SECONDS = 60;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Home home;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            description = "The broker's; 0 for any free one. Default: 9092.")
    private Integer kafkaPort;

    @Option(
            names = "--registry-port",
            paramLabel = "PORT",
            description = "The schema registry's; 0 for any free one. Default: 8081.")
    private Integer registryPort;

    @Option(
            names = "--s3-port",
            paramLabel = "PORT",
            description = "The object store's; 0 for any free one. Default: 9000.")
    private Integer s3Port;

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            description = "The page's and HTTP's; 0 for any free one. Default: 8080.")
    private Integer httpPort;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, String> variables = new HashMap<>(HomeSettings.of(home.folder(), System.getenv()));
        LogSetup.ofServer(Settings.of(variables)).apply();
        put(variables, LocalSettings.KAFKA_PORT, kafkaPort);
        put(variables, LocalSettings.REGISTRY_PORT, registryPort);
        put(variables, LocalSettings.S3_PORT, s3Port);
        put(variables, LocalSettings.HTTP_PORT, httpPort);
        if (variables.getOrDefault(StatusConfig.TOKEN.key(), "").isEmpty()) {
            variables.put(StatusConfig.TOKEN.key(), HttpToken.of(home.folder()));
        }
        LocalSettings settings = LocalSettings.forServer(variables);
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stop, stopped), "stop"));
        LocalModels models = LocalModels.all(home);
        try (LocalSegue segue = LocalSegue.start(home, settings, models)) {
            RunningServe.leave(home.data(), segue.addresses());
            print(segue, settings, models);
            stop.await();
            RunningServe.remove(home.data());
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private static void put(Map<String, String> variables, Setting<Integer> setting, Integer port) {
        if (port != null) {
            variables.put(setting.key(), port.toString());
        }
    }

    /** The process ends when its hooks do, so that this one waits for everything to be closed. */
    private static void stop(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("segue: what was started does not stop; it is left to the system");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void print(LocalSegue segue, LocalSettings settings, LocalModels models) {
        PrintWriter out = spec.commandLine().getOut();
        Cluster cluster = segue.cluster();
        List<Setting<?>> known = LocalSettings.all();
        Settings.of(settings.variables()).lines(known).forEach(out::println);
        out.println("broker       " + cluster.bootstrapServers());
        out.println("registry     " + cluster.registry().url());
        out.println("object store " + segue.addresses().get(S3Access.ENDPOINT.key()) + ", bucket " + cluster.bucket());
        out.println("credentials  " + home.data().resolve("s3").resolve("credentials.properties"));
        out.println("models       "
                + models.cards().stream().map(card -> card.name()).collect(Collectors.joining(", ")));
        segue.httpPort()
                .ifPresent(port -> out.println("Page: http://" + Ports.HOST + ":" + port + "/songs#token="
                        + settings.variables().get(StatusConfig.TOKEN.key())));
        out.println("ready: segue submit, watch, status, cancel and fetch of this machine speak to it");
        out.flush();
    }
}
