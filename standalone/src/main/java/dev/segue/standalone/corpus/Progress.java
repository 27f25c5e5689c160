package dev.segue.standalone.corpus;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.IntConsumer;

/** How many songs are done, as a line that is written over. Owned by the thread that waits for them. */
final class Progress implements IntConsumer {
    private static final long BETWEEN_LINES = 500_000_000;

    private final PrintWriter out;
    private final int songs;
    private final long start = System.nanoTime();
    private long shown = start;

    Progress(PrintWriter out, int songs) {
        this.out = out;
        this.songs = songs;
    }

    @Override
    public void accept(int done) {
        long now = System.nanoTime();
        if (now - shown < BETWEEN_LINES && done < songs) {
            return;
        }
        shown = now;
        double elapsed = (now - start) / 1e9;
        out.printf(
                Locale.ROOT,
                "\r%d of %d songs, %.1f a second, %.0f s to go   ",
                done,
                songs,
                done / elapsed,
                (songs - done) * elapsed / done);
        out.flush();
    }

    void end() {
        out.println();
        out.flush();
    }
}
