package dev.segue.worker.generation;

import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WorkTimes;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Measures one piece of work, from the moment that it begins. Owned by one thread. */
final class WorkClock {
    private final Instant startedAt = Instant.now();
    private final long start = System.nanoTime();
    private long decoding = start;

    /** What came before new codes is over. */
    void prefilled() {
        decoding = System.nanoTime();
    }

    /** The times of work that ends now. */
    WorkTimes times(WindowTask task) {
        long end = System.nanoTime();
        return WorkTimes.newBuilder()
                .setStartedAt(startedAt)
                .setFinishedAt(startedAt.plusNanos(end - start))
                .setQueueMillis(Math.max(
                        0, startedAt.toEpochMilli() - task.getEmittedAt().toEpochMilli()))
                .setPrefillMillis(TimeUnit.NANOSECONDS.toMillis(decoding - start))
                .setDecodeMillis(TimeUnit.NANOSECONDS.toMillis(end - decoding))
                .build();
    }
}
