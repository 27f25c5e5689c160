package dev.segue.worker.figures;

import java.io.IOException;

/** Takes songs that were made, for whoever wants to hear them. */
@FunctionalInterface
public interface Keeper {
    /** Keeps none. */
    Keeper NONE = (number, song, sound) -> {};

    /**
     * Takes one.
     *
     * @param number its place among all, from 0
     * @param sound decoded from its finest level, not clamped
     */
    void keep(int number, GeneratedSong song, float[] sound) throws IOException;
}
