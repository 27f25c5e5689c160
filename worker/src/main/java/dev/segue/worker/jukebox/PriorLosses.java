package dev.segue.worker.jukebox;

import ai.djl.ndarray.NDArray;

/**
 * How many bits a prior needs for what it hears (specification §3 and §6).
 *
 * @param loss what training makes small: music and lyrics by their number of symbols, lyrics times their fraction
 * @param music bits per code
 * @param lyrics bits per lyric token; 0 for a prior that hears none
 */
public record PriorLosses(double loss, double music, double lyrics) {
    /** From what the script returns, [3]. */
    public static PriorLosses of(NDArray values) {
        float[] v = values.toFloatArray();
        return new PriorLosses(v[0], v[1], v[2]);
    }
}
