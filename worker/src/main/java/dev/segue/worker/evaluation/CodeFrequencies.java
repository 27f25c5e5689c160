package dev.segue.worker.evaluation;

/** How often each code occurs, whatever stands around it. Owned by one thread. */
public final class CodeFrequencies {
    /** What a code that never occurred counts as, so that it is improbable but not impossible. */
    private static final double UNSEEN = 0.5;

    private final long[] counts;
    private long total;

    /** Of codes from 0 to {@code codes} − 1, none of which has occurred yet. */
    public CodeFrequencies(int codes) {
        this.counts = new long[codes];
    }

    /** Counts more of them. */
    public void add(int[] codes) {
        for (int code : codes) {
            counts[code]++;
        }
        total += codes.length;
    }

    /** How many were counted. */
    public long total() {
        return total;
    }

    /** Bits per code of what was counted, each code by itself; 0 if nothing was. */
    public double entropy() {
        double bits = 0;
        for (long count : counts) {
            if (count > 0) {
                bits -= count / (double) total * log2(count / (double) total);
            }
        }
        return bits;
    }

    /**
     * Bits per code that others take under these frequencies; a code that never occurred counts as half an occurrence.
     * 0 if there are no others.
     */
    public double crossEntropy(CodeFrequencies others) {
        double bits = 0;
        double all = total + UNSEEN * unseen();
        for (int code = 0; code < counts.length; code++) {
            if (others.counts[code] > 0) {
                double share = others.counts[code] / (double) others.total;
                bits -= share * log2((counts[code] == 0 ? UNSEEN : counts[code]) / all);
            }
        }
        return bits;
    }

    private int unseen() {
        int unseen = 0;
        for (long count : counts) {
            unseen += count == 0 ? 1 : 0;
        }
        return unseen;
    }

    private static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }
}
