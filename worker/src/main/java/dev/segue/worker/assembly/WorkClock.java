package dev.segue.worker.assembly;

import dev.segue.contracts.record.WorkTimes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** When a piece of work began, what of it was reading, and when it was done. Owned by the thread that does the work. */
final class WorkClock {
    private final Clock clock;
    private final Instant emitted;
    private final Instant started;
    private Instant read;

    /** Begins now. */
    WorkClock(Clock clock, Instant emitted) {
        this.clock = clock;
        this.emitted = emitted;
        this.started = clock.instant();
        this.read = started;
    }

    Instant started() {
        return started;
    }

    /** Says that everything is read that the work needs. */
    void hasRead() {
        read = clock.instant();
    }

    /** How long its task lay before it began; none where two machines' clocks say less. */
    Duration waited() {
        Duration waited = Duration.between(emitted, started);
        return waited.isNegative() ? Duration.ZERO : waited;
    }

    /** How long it has taken so far. */
    long millis() {
        return Duration.between(started, clock.instant()).toMillis();
    }

    /** What it took, if it is done now. */
    WorkTimes finish() {
        Instant finished = clock.instant();
        return new WorkTimes(
                started,
                finished,
                Math.max(0, Duration.between(emitted, started).toMillis()),
                Duration.between(started, read).toMillis(),
                Duration.between(read, finished).toMillis());
    }
}
