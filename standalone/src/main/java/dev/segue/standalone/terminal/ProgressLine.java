package dev.segue.standalone.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How far a work is: one line that is written over on a terminal, a line now and then elsewhere. Owned by the thread that
 * works.
 */
public final class ProgressLine {
    private static final Duration ON_A_TERMINAL = Duration.ofMillis(500);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final boolean overwritten;
    private final long between;
    private boolean open;
    private boolean begun;
    private long shown;

    /**
     * A line that says nothing yet.
     *
     * @param overwritten whether it can be written over
     */
    public ProgressLine(PrintWriter out, boolean overwritten) {
        this.out = out;
        this.overwritten = overwritten;
        this.between = (overwritten ? ON_A_TERMINAL : ELSEWHERE).toNanos();
    }

    /** A line where this program writes. */
    public static ProgressLine on(PrintWriter out) {
        return new ProgressLine(out, Terminal.present());
    }

    /**
     * Shows where the work is, unless it did so just now.
     *
     * @param last whether nothing follows, so that it is shown in any case
     * @param text asked only if it is shown
     */
    public void show(boolean last, Supplier<String> text) {
        long now = System.nanoTime();
        if (begun && !last && now - shown < between) {
            return;
        }
        begun = true;
        shown = now;
        if (overwritten) {
            out.print("\r" + text.get() + "\u001b[K");
            open = true;
        } else {
            out.println(text.get());
        }
        out.flush();
    }

    /** Something else to be read, in a line that stays. */
    public void note(String sentence) {
        out.println(overwritten ? "\r" + sentence + "\u001b[K" : sentence);
        out.flush();
        open = false;
    }

    /** Leaves the line as it is; what is shown next begins another one. */
    public void end() {
        if (open) {
            out.println();
            out.flush();
        }
        open = false;
        begun = false;
    }
}
