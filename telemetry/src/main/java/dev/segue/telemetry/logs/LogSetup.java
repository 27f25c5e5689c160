package dev.segue.telemetry.logs;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import dev.segue.contracts.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * Which lines a process logs, as what and where: libraries when something is wrong, Segue as {@link #levels} say. Applied
 * once, by the thread that starts the process; whoever names a file for Logback with {@code -Dlogback.configurationFile}
 * gets that instead.
 *
 * @param format what a line is
 * @param timed whether lines of text begin with the time and the thread; JSON always has both
 * @param file where lines go; the standard error if empty
 * @param levels what loggers log, by name; below warnings, others are silent
 */
public record LogSetup(LogFormat format, boolean timed, Optional<Path> file, Map<String, Level> levels) {
    /** Names a file of Logback's own, which then counts alone. */
    static final String OWN_FILE = "logback.configurationFile";

    private static final String SEGUE = "dev.segue";
    private static final String SHORT_TEXT = "%level %logger - %msg%n%ex";
    private static final String TIMED_TEXT = "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} [%thread] %level %logger - %msg%n%ex";
    /** It says at every start on a machine without a GPU that there is none. */
    private static final Map<String, Level> USUAL = Map.of("ai.djl.util.cuda.CudaUtils", Level.ERROR);
    /** At every start of a broker in this process it warns that it takes over, and at every stop that it is closed. */
    private static final Map<String, Level> WITH_BROKER = Map.of(
            "org.apache.kafka.controller.QuorumController", Level.ERROR,
            "org.apache.kafka.clients.NetworkClient", Level.ERROR);

    public LogSetup {
        Objects.requireNonNull(format, "format is null");
        Objects.requireNonNull(file, "file is null");
        levels = Map.copyOf(levels);
    }

    /**
     * For a role in a process of its own.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if a setting cannot be
     */
    public static LogSetup ofRole(Settings settings) {
        return new LogSetup(
                settings.get(LogSettings.FORMAT), true, Optional.empty(), and(USUAL, Map.of(SEGUE, Level.INFO)));
    }

    /**
     * For all roles and their servers in one process.
     *
     * @throws dev.segue.contracts.settings.InvalidSettingException if a setting cannot be
     */
    public static LogSetup ofServer(Settings settings) {
        LogSetup role = ofRole(settings);
        return new LogSetup(role.format, true, role.file, and(role.levels, WITH_BROKER));
    }

    /** For all roles and their servers in one process whose standard error people read: to a file, which begins anew. */
    public static LogSetup toFile(Path file) {
        Map<String, Level> levels = ofServer(Settings.of(Map.of())).levels;
        return new LogSetup(LogFormat.TEXT, true, Optional.of(file.toAbsolutePath()), levels);
    }

    /** For commands that speak to servers elsewhere: a failure is told once, as a sentence, not by every library. */
    public static LogSetup ofClient() {
        return new LogSetup(
                LogFormat.TEXT,
                false,
                Optional.empty(),
                and(
                        USUAL,
                        Map.of(
                                "org.apache.kafka", Level.OFF,
                                "io.confluent", Level.OFF,
                                "software.amazon.awssdk", Level.ERROR)));
    }

    /** For commands until they know better: warnings, without times. */
    static LogSetup usual() {
        return new LogSetup(LogFormat.TEXT, false, Optional.empty(), and(USUAL, WITH_BROKER));
    }

    private static Map<String, Level> and(Map<String, Level> some, Map<String, Level> more) {
        Map<String, Level> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    /** Makes it so, for loggers that there are already too. */
    public void apply() {
        ILoggerFactory factory = LoggerFactory.getILoggerFactory();
        if (System.getProperty(OWN_FILE) == null && factory instanceof LoggerContext context) {
            context.reset();
            apply(context);
            // Libraries that log to the JDK's own loggers, as the exporter of traces does.
            SLF4JBridgeHandler.removeHandlersForRootLogger();
            SLF4JBridgeHandler.install();
        }
    }

    void apply(LoggerContext context) {
        OutputStreamAppender<ILoggingEvent> appender =
                file.<OutputStreamAppender<ILoggingEvent>>map(LogSetup::file).orElseGet(LogSetup::standardError);
        Encoder<ILoggingEvent> encoder = format == LogFormat.JSON ? JsonLines.encoder() : text();
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        levels.forEach((name, level) -> context.getLogger(name).setLevel(level));
    }

    private Encoder<ILoggingEvent> text() {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setPattern(timed ? TIMED_TEXT : SHORT_TEXT);
        return encoder;
    }

    private static FileAppender<ILoggingEvent> file(Path file) {
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setFile(file.toString());
        appender.setAppend(false);
        return appender;
    }

    private static ConsoleAppender<ILoggingEvent> standardError() {
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setTarget("System.err");
        return appender;
    }
}
