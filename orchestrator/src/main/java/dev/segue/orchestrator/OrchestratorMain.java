package dev.segue.orchestrator;

import dev.segue.contracts.settings.InvalidSettingException;
import dev.segue.contracts.settings.Settings;
import dev.segue.orchestrator.status.StatusConfig;
import dev.segue.orchestrator.status.StatusServer;
import dev.segue.telemetry.Telemetry;
import dev.segue.telemetry.logs.LogSettings;
import dev.segue.telemetry.logs.LogSetup;
import dev.segue.telemetry.trace.TraceSettings;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The orchestrator in a container: configured by its environment, stopped by SIGTERM. */
public final class OrchestratorMain {
    private static final Logger LOG = LoggerFactory.getLogger(OrchestratorMain.class);
    private static final int USAGE = 2;

    private OrchestratorMain() {}

    /** Runs until it is told to stop. */
    public static void main(String[] arguments) throws Exception {
        Settings settings = Settings.load(System.getenv());
        OrchestratorConfig config;
        StatusConfig status;
        Telemetry telemetry;
        try {
            LogSetup.ofRole(settings).apply();
            config = OrchestratorConfig.from(settings);
            status = StatusConfig.from(settings);
            telemetry = Telemetry.of(settings, "orchestrator");
        } catch (InvalidSettingException e) {
            LOG.error("event=bad_setting key={} message=\"{}\"", e.key(), e.getMessage());
            System.exit(USAGE);
            return;
        }
        Stream.of(OrchestratorConfig.SETTINGS, StatusConfig.SETTINGS, TraceSettings.SETTINGS, LogSettings.SETTINGS)
                .flatMap(known -> settings.lines(known).stream())
                .forEach(line -> LOG.info("event=setting setting=\"{}\"", line));
        CountDownLatch stopped = new CountDownLatch(1);
        Orchestrator orchestrator = Orchestrator.start(config, telemetry, status.endpoint());
        StatusServer server = orchestrator.serve(status);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                server.close();
                                orchestrator.close();
                                telemetry.close();
                            } catch (IOException e) {
                                LOG.warn("event=close_failed", e);
                            } finally {
                                stopped.countDown();
                            }
                        },
                        "orchestrator-stop"));
        stopped.await();
    }
}
