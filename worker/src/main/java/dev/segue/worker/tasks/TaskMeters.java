package dev.segue.worker.tasks;

import java.util.concurrent.atomic.LongAdder;

/** Counts what lanes do. Any thread counts. */
final class TaskMeters {
    final LongAdder taken = new LongAdder();
    final LongAdder accepted = new LongAdder();
    final LongAdder skipped = new LongAdder();
    final LongAdder released = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder buried = new LongAdder();
    final LongAdder renewed = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder failed = new LongAdder();

    TaskCounts counts(int held) {
        return new TaskCounts(
                taken.sum(),
                accepted.sum(),
                skipped.sum(),
                released.sum(),
                rejected.sum(),
                renewed.sum(),
                lost.sum(),
                failed.sum(),
                held);
    }
}
