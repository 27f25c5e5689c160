package dev.segue.telemetry.logs;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What Logback finds when the first logger is made: warnings on the standard error, until somebody knows better. Steps
 * back where there is a file for Logback.
 */
public final class UsualLogs extends ContextAwareBase implements Configurator {
    private static final String FILE_OF_TESTS = "logback-test.xml";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        if (System.getProperty(LogSetup.OWN_FILE) != null
                || UsualLogs.class.getClassLoader().getResource(FILE_OF_TESTS) != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        LogSetup.usual().apply(context);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
