package dev.segue.standalone.sample;

import dev.segue.standalone.terminal.ProgressLine;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.sampling.SongSampler;
import java.util.Locale;

/** How far one level of one song is. Owned by the sampling thread. */
final class Progress implements SongSampler.Progress {
    private final ProgressLine line;
    private final int level;
    private final int total;
    private final long start = System.nanoTime();
    private int done;
    private int sampled;

    Progress(ProgressLine line, int level, int total, int existing) {
        this.line = line;
        this.level = level;
        this.total = total;
        this.done = existing;
    }

    @Override
    public boolean written(int song, SlotEngine.Written written) {
        done += written.codes().length;
        sampled += written.codes().length;
        line.show(done >= total, this::text);
        return true;
    }

    private String text() {
        double rate = sampled / ((System.nanoTime() - start) / 1e9);
        return String.format(
                Locale.ROOT,
                "level %d: %d of %d codes, %.0f a second, %.0f s to go",
                level,
                done,
                total,
                rate,
                Math.max(0, total - done) / rate);
    }

    void end() {
        line.end();
    }
}
