package dev.segue.telemetry.logs;

import dev.segue.contracts.settings.Settings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sets its log up as a role does, and logs a few lines as Segue and libraries do. */
final class LoggingProgram {
    private static final Logger LOG = LoggerFactory.getLogger(LoggingProgram.class);

    private LoggingProgram() {}

    public static void main(String[] arguments) {
        LogSetup.ofRole(Settings.of(System.getenv())).apply();
        LOG.info(
                "event=task_done song={} level={} millis={} clean={} message=\"{}\"",
                "blue",
                2,
                17L,
                true,
                "a=b \"c\"");
        LOG.debug("event=nobody_asked song={}", "blue");
        LOG.error("event=song_{} song={}", "broken", "-", new IllegalStateException("no codes"));
        LoggerFactory.getLogger("org.library").info("not of interest");
        LoggerFactory.getLogger("org.library").warn("disk is at {}=90 %", "use");
        java.util.logging.Logger.getLogger("io.exporter").warning("nobody collects");
    }
}
