package dev.segue.worker.trainer;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.util.Map;

/**
 * A part of a model in training. What step n does depends on the state before it, on the recipe and on n alone, so that
 * training can be broken off and continued with the same result. Owned by one thread.
 */
interface Learner extends AutoCloseable {
    /** Takes one step, from 0, and tells its losses by name. */
    Map<String, Double> step(long step) throws IOException;

    /** Losses of songs that are not learnt from, by name, with the averaged weights. */
    Map<String, Double> validate() throws IOException;

    /** Everything that later steps depend on, by name. Writing to the values continues another run. */
    Map<String, NDArray> state();

    /** Told after the values of {@link #state} were written to: they are those after so many steps. */
    void resume(long steps);

    /** The averaged weights by the names that they are published by; the map is valid until the next step. */
    Map<String, NDArray> weights();

    @Override
    void close();
}
