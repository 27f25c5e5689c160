package dev.segue.orchestrator.plan;

import dev.segue.contracts.window.Window;

/**
 * A window that has something to do.
 *
 * @param number among all windows of its song and level, from 0
 * @param segment number of the segment it belongs to
 * @param window which codes it reads and writes, counted from the start of the song
 */
public record PlannedWindow(int number, int segment, Window window) {
    /** Number of its level. */
    public int level() {
        return window.level();
    }

    /** How many codes it writes. */
    public int newCodes() {
        return window.added().length();
    }
}
