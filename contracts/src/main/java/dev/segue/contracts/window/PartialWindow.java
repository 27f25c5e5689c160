package dev.segue.contracts.window;

/** What a level shorter than one window means when it has codes already, from a prompt or an earlier song (§9.1). */
public enum PartialWindow {
    /**
     * As the original does it: as many codes as were asked for in all are written <em>after</em> those that exist, so
     * the level becomes longer than asked. The default, since it is what parity means.
     *
     * <p>The original also keeps the requested count in its options object, where it changes later windows made with
     * the same object. That is not imitated: a schedule depends on its arguments only.
     */
    APPEND_TOTAL,
    /** The level is filled up to the length asked for. */
    FILL_TO_TOTAL
}
