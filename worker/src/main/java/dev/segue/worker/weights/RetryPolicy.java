package dev.segue.worker.weights;

import java.io.InterruptedIOException;
import java.time.Duration;

/**
 * How long to try when a source fails in a way that may pass.
 *
 * @param attempts how many in a row may bring not a single byte
 * @param first pause after the first failure; it doubles with each
 * @param longest longest pause
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {

    public RetryPolicy {
        if (attempts < 1) {
            throw new IllegalArgumentException("attempts is " + attempts + "; at least 1 is needed");
        }
    }

    /** Six attempts within about half a minute. */
    public static RetryPolicy standard() {
        return new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofSeconds(16));
    }

    /** Waits after the {@code failures}-th failure in a row. */
    void pause(int failures) throws InterruptedIOException {
        long doubled = first.toMillis() << Math.min(failures - 1, 20);
        try {
            Thread.sleep(Math.min(doubled, longest.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for another try");
        }
    }
}
