package dev.segue.standalone.watch;

import java.io.PrintWriter;

/** What is known of the terminal: the launcher says whether there is one. */
public final class Terminal {
    private static final String PROPERTY = "segue.terminal";

    private Terminal() {}

    /** Whether lines can be written over. */
    static boolean present() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** Bars on a terminal, plain lines elsewhere; JSON for programs. */
    public static SongView view(PrintWriter out, Sentences sentences, boolean json) {
        if (json) {
            return new EventJson(out);
        }
        return present() ? new Bars(out, sentences) : new Lines(out, sentences);
    }
}
