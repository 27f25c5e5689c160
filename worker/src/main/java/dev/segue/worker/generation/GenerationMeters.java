package dev.segue.worker.generation;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** Counts what engines do. The thread that samples counts; any thread reads. */
final class GenerationMeters {
    final LongAdder windows = new LongAdder();
    final LongAdder codes = new LongAdder();
    final LongAdder left = new LongAdder();
    final LongAdder aligned = new LongAdder();
    final LongAdder failed = new LongAdder();
    final LongAdder loads = new LongAdder();
    final AtomicInteger slotsInUse = new AtomicInteger();
    final AtomicInteger waiting = new AtomicInteger();
}
