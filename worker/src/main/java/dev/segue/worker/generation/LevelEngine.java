package dev.segue.worker.generation;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.window.Level;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.sampling.SlotEngine;
import java.util.Optional;

/**
 * One level of a model, loaded.
 *
 * <p>Made by the thread that loads and handed to the one that samples, which owns it from then on.
 *
 * @param card of the model
 * @param level where its codes lie in time
 * @param labeller makes its label rows; empty for an unlabelled prior
 * @param engine samples its windows; closed with this
 */
record LevelEngine(ModelCard card, Level level, Optional<Labeller> labeller, SlotEngine engine)
        implements AutoCloseable {
    @Override
    public void close() {
        engine.close();
    }
}
