package dev.segue.worker.generation;

import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WorkTimes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Measures one piece of work, from the moment that it begins. Owned by one thread. */
final class WorkClock {
    private final Instant startedAt = Instant.now();
    private final long queueMillis;
    private final long start = System.nanoTime();
    private long decoding = start;

    private WorkClock(Instant waitingSince) {
        this.queueMillis =
                waitingSince == null ? 0 : Math.max(0, startedAt.toEpochMilli() - waitingSince.toEpochMilli());
    }

    /** Of work that waited since its task was given out. */
    static WorkClock of(WindowTask task) {
        return new WorkClock(task.getEmittedAt());
    }

    /** Of work that waited for nobody. */
    static WorkClock withoutWaiting() {
        return new WorkClock(null);
    }

    /** What came before new codes is over. */
    void prefilled() {
        decoding = System.nanoTime();
    }

    /** The times of work that ends now. */
    WorkTimes times() {
        long end = System.nanoTime();
        return WorkTimes.newBuilder()
                .setStartedAt(startedAt)
                .setFinishedAt(startedAt.plusNanos(end - start))
                .setQueueMillis(queueMillis)
                .setPrefillMillis(TimeUnit.NANOSECONDS.toMillis(decoding - start))
                .setDecodeMillis(TimeUnit.NANOSECONDS.toMillis(end - decoding))
                .build();
    }
}
