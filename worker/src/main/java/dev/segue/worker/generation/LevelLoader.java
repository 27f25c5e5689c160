package dev.segue.worker.generation;

import ai.djl.Device;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.sampling.SlotEngine;
import dev.segue.worker.weights.ModelStore;
import java.io.IOException;
import java.util.Optional;

/**
 * Brings a level of a model to this machine and loads it. Safe for any thread.
 *
 * @param store finds models and verifies them
 * @param device that computes
 * @param precision of linear maps
 * @param slots windows side by side
 */
record LevelLoader(ModelStore store, Device device, Precision precision, int slots) {
    /** A task for a level that its model has not. */
    static final class NoSuchLevelException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchLevelException(String message) {
            super(message);
        }
    }

    /**
     * Loads a level.
     *
     * @throws IOException if the model cannot be had
     * @throws NoSuchLevelException if it has no such level
     * @throws IllegalArgumentException if it is not what its card says
     */
    LevelEngine load(LevelKey key) throws IOException {
        ModelFolder folder = ModelFolder.open(store.resolve(key.model(), key.digest()));
        int levels = folder.card().levels().size();
        if (key.level() < 0 || key.level() >= levels) {
            throw new NoSuchLevelException(
                    "level is " + key.level() + " but " + key.model() + " has levels 0 to " + (levels - 1));
        }
        Optional<Labeller> labeller = folder.labeller().level(key.level());
        Prior prior = folder.prior(key.level(), device, precision);
        return new LevelEngine(
                folder.card(), folder.card().schedule().get(key.level()), labeller, new SlotEngine(prior, slots));
    }
}
