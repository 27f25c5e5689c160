package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.WindowJob;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A window in a slot, and what it has written so far. Owned by the thread that samples. */
final class SlotWindow {
    private static final long BETWEEN_REPORTS = TimeUnit.SECONDS.toNanos(2);

    private final GenerationWork work;
    private final WindowJob job;
    private final Segments segments;
    private final WorkClock clock;
    private final int[] codes;
    private int written;
    private long reported;
    private CompletableFuture<Void> report = CompletableFuture.completedFuture(null);

    SlotWindow(GenerationWork work, WindowJob job, Segments segments, WorkClock clock) {
        this.work = work;
        this.job = job;
        this.segments = segments;
        this.clock = clock;
        this.codes = new int[job.window().added().length()];
    }

    GenerationWork work() {
        return work;
    }

    int written() {
        return written;
    }

    void write(SlotEngine.Written burst) {
        int[] more = burst.codes();
        System.arraycopy(more, 0, codes, written, more.length);
        written += more.length;
    }

    /** Everything that was to be written. */
    CodeSegment finished() {
        return segments.codes(work.task(), job.window().added().start(), codes, clock.times(work.task()));
    }

    /** Says how far it is, unless it was just said or nobody listens now. */
    void report() {
        if (report.isDone() && (reported == 0 || System.nanoTime() - reported > BETWEEN_REPORTS)) {
            reported = System.nanoTime();
            report = work.news().send(segments.running(work.task(), written));
        }
    }
}
