package dev.segue.standalone.corpus;

import dev.segue.standalone.terminal.ProgressLine;
import java.util.Locale;
import java.util.function.IntConsumer;

/** How many songs are done. Owned by the thread that waits for them. */
final class Progress implements IntConsumer {
    private final ProgressLine line;
    private final int songs;
    private final long start = System.nanoTime();

    Progress(ProgressLine line, int songs) {
        this.line = line;
        this.songs = songs;
    }

    @Override
    public void accept(int done) {
        double elapsed = (System.nanoTime() - start) / 1e9;
        line.show(
                done == songs,
                () -> String.format(
                        Locale.ROOT,
                        "%d of %d songs, %.1f a second, %.0f s to go",
                        done,
                        songs,
                        done / elapsed,
                        (songs - done) * elapsed / done));
    }

    void end() {
        line.end();
    }
}
