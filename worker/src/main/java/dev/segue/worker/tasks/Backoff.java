package dev.segue.worker.tasks;

import java.time.Duration;

/** How long to wait before the next try: twice as long each time, up to a limit. Owned by one thread. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration next = FIRST;

    Duration next() {
        Duration now = next;
        next = now.multipliedBy(2).compareTo(LONGEST) < 0 ? now.multipliedBy(2) : LONGEST;
        return now;
    }

    /** Whether it does not grow any more. */
    boolean isLongest() {
        return next.equals(LONGEST);
    }

    void reset() {
        next = FIRST;
    }
}
