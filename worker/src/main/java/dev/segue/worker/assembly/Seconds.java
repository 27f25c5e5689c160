package dev.segue.worker.assembly;

import java.util.Locale;

/** Lengths as people read them. */
final class Seconds {
    private Seconds() {}

    /** With three decimals: 12.500 s. */
    static String of(long samples, int sampleRate) {
        return String.format(Locale.ROOT, "%.3f s", samples / (double) sampleRate);
    }

    /** With as many decimals as were given. */
    static String of(double seconds) {
        return String.format(Locale.ROOT, "%s s", seconds);
    }
}
