package dev.segue.orchestrator.webhook.delivery;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of sending a message once. */
public sealed interface Outcome {
    /** The receiver has it. */
    record Delivered() implements Outcome {}

    /**
     * It did not arrive, but may next time.
     *
     * @param reason what happened, in a few words
     * @param after how long the receiver asked us to wait
     */
    record Failed(String reason, Optional<Duration> after) implements Outcome {
        public Failed {
            Objects.requireNonNull(reason, "reason is null");
            Objects.requireNonNull(after, "after is null");
        }
    }

    /** The receiver does not want this message, now or ever. */
    record Refused(String reason) implements Outcome {
        public Refused {
            Objects.requireNonNull(reason, "reason is null");
        }
    }

    /** The receiver wants no more of this song. */
    record Gone() implements Outcome {}

    /** The address may not be reached, so that nothing was sent, and nothing of this song ever will be. */
    record Forbidden(String reason) implements Outcome {
        public Forbidden {
            Objects.requireNonNull(reason, "reason is null");
        }
    }

    /** It did not arrive, but may next time. */
    static Outcome failed(String reason) {
        return new Failed(reason, Optional.empty());
    }
}
