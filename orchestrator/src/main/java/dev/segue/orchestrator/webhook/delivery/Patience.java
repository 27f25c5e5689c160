package dev.segue.orchestrator.webhook.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * How often a message is sent that does not arrive.
 *
 * @param first the longest wait before the second try; each further one is twice as long
 * @param longest what it grows to, unless a receiver asks for more
 * @param giveUpAfter how old a message may be that is tried again
 */
public record Patience(Duration first, Duration longest, Duration giveUpAfter) {
    /** What is waited at most because a receiver asks for it. */
    static final Duration MOST_ASKED = Duration.ofHours(1);

    private static final int MOST_DOUBLINGS = 30;

    public Patience {
        Objects.requireNonNull(first, "first is null");
        Objects.requireNonNull(longest, "longest is null");
        Objects.requireNonNull(giveUpAfter, "giveUpAfter is null");
        if (first.isZero() || first.isNegative() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException("first wait is " + first + " and the longest " + longest
                    + ", but must be more than 0 and at least as long; choose others");
        }
    }

    /** Whether a message that did not arrive is not tried again. */
    boolean isOver(Instant at, Instant now) {
        return !now.isBefore(at.plus(giveUpAfter));
    }

    /**
     * When a message is tried again: after half to all of the wait, so that receivers that come back are not called by all
     * songs at once, never sooner than the receiver asked, and for the last time when its time is over.
     *
     * @param failures how many tries failed, from 1
     * @param asked what the receiver asked us to wait
     * @param random from 0 to 1
     */
    Instant next(int failures, Duration asked, double random, Instant at, Instant now) {
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
        Duration wait = doubled.compareTo(longest) > 0 ? longest : doubled;
        Duration jittered = Duration.ofMillis(Math.round(wait.toMillis() * (0.5 + 0.5 * random)));
        Duration bounded = asked.compareTo(MOST_ASKED) > 0 ? MOST_ASKED : asked;
        Instant next = now.plus(jittered.compareTo(bounded) > 0 ? jittered : bounded);
        Instant last = at.plus(giveUpAfter);
        return next.isAfter(last) ? last : next;
    }
}
