package dev.segue.orchestrator.webhook;

import dev.segue.orchestrator.webhook.delivery.Names;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import javax.net.ssl.SSLContext;

/**
 * What webhooks take from the machine that they run on.
 *
 * @param clock what time it is
 * @param random numbers from 0 to 1
 * @param names who knows addresses
 * @param trust whom TLS trusts
 */
record Surroundings(Clock clock, DoubleSupplier random, Names names, SSLContext trust) {
    Surroundings {
        Objects.requireNonNull(clock, "clock is null");
        Objects.requireNonNull(random, "random is null");
        Objects.requireNonNull(names, "names is null");
        Objects.requireNonNull(trust, "trust is null");
    }

    static Surroundings ofThisMachine() {
        try {
            return new Surroundings(
                    Clock.systemUTC(),
                    () -> ThreadLocalRandom.current().nextDouble(),
                    Names.SYSTEM,
                    SSLContext.getDefault());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no TLS that works; see javax.net.ssl.trustStore", e);
        }
    }
}
