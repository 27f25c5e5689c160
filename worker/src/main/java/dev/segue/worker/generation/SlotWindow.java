package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.WindowJob;

/** A window in a slot, and what it has written so far. Owned by the thread that samples. */
final class SlotWindow {
    private final GenerationWork work;
    private final WindowJob job;
    private final Segments segments;
    private final WorkClock clock;
    private final RunningNews news;
    private final int[] codes;
    private int written;

    SlotWindow(GenerationWork work, WindowJob job, Segments segments, WorkClock clock) {
        this.work = work;
        this.job = job;
        this.segments = segments;
        this.clock = clock;
        this.news = new RunningNews(work, segments);
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

    /** Says how far it is. */
    void report() {
        news.say(written);
    }
}
