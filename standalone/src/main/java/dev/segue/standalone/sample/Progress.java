package dev.segue.standalone.sample;

import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.SongSampler;
import java.io.PrintWriter;
import java.util.Locale;

/** How far one level of one song is, as a line that is written over. Owned by the sampling thread. */
final class Progress implements SongSampler.Progress {
    private static final long BETWEEN_LINES = 500_000_000;

    private final PrintWriter out;
    private final int level;
    private final int total;
    private final long start = System.nanoTime();
    private long shown;
    private int done;
    private int sampled;

    Progress(PrintWriter out, int level, int total, int existing) {
        this.out = out;
        this.level = level;
        this.total = total;
        this.done = existing;
    }

    @Override
    public boolean written(int song, SlotEngine.Written written) {
        done += written.codes().length;
        sampled += written.codes().length;
        if (System.nanoTime() - shown > BETWEEN_LINES || done >= total) {
            show();
        }
        return true;
    }

    private void show() {
        shown = System.nanoTime();
        double rate = sampled / ((System.nanoTime() - start) / 1e9);
        out.printf(
                Locale.ROOT,
                "\rlevel %d: %d of %d codes, %.0f a second, %.0f s to go   ",
                level,
                done,
                total,
                rate,
                Math.max(0, total - done) / rate);
        out.flush();
    }

    void end() {
        if (sampled > 0) {
            out.println();
            out.flush();
        }
    }
}
