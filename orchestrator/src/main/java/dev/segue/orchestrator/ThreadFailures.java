package dev.segue.orchestrator;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of an orchestrator whose thread fails: another thread begins again from what is committed, after a pause;
 * only where no thread could do better it stops, so that whoever watches over it sees that.
 *
 * <p>Safe for any number of threads.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler {
    /** Between a thread's failure and its successor. */
    static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final List<Class<? extends Throwable>> FINAL = List.of(
            AuthenticationException.class,
            AuthorizationException.class,
            UnsupportedVersionException.class,
            ConfigException.class,
            VirtualMachineError.class,
            LinkageError.class);

    private final Duration pause;

    ThreadFailures(Duration pause) {
        this.pause = Objects.requireNonNull(pause, "pause is null");
    }

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (isFinal(cause)) {
                LOG.error("event=orchestrator_gives_up", failure);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            }
        }
        LOG.error("event=thread_failed pause={}", pause, failure);
        try {
            Thread.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private static boolean isFinal(Throwable cause) {
        return FINAL.stream().anyMatch(type -> type.isInstance(cause));
    }
}
