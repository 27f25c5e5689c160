package dev.segue.worker.figures;

/** Hears how far long work is. Called by the thread that works. */
public interface Progress {
    /** Hears nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void begin(String what, long steps) {}

        @Override
        public void advance(long steps) {}
    };

    /**
     * Something new begins, and what was done before is done.
     *
     * @param what it is, in few words
     * @param steps that it takes
     */
    void begin(String what, long steps);

    /** So many more steps are done. */
    void advance(long steps);
}
