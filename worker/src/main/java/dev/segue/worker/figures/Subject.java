package dev.segue.worker.figures;

import ai.djl.Device;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.window.Level;
import dev.segue.worker.jukebox.ModelFolder;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.ModelLabeller;
import java.io.IOException;

/**
 * The model that is looked at.
 *
 * @param folder where it is
 * @param labeller of all its levels
 * @param device that computes
 * @param seed of all that is drawn
 */
public record Subject(ModelFolder folder, ModelLabeller labeller, Device device, long seed) {

    /** Reads the labels of a model. */
    public static Subject of(ModelFolder folder, Device device, long seed) throws IOException {
        return new Subject(folder, folder.labeller(), device, seed);
    }

    /** What it is. */
    public ModelCard card() {
        return folder.card();
    }

    /** The number of its top level. */
    public int top() {
        return card().levels().size() - 1;
    }

    /** Where a level's codes lie in time. */
    public Level level(int number) {
        return card().schedule().get(number);
    }

    /** What the prior of a level computes. */
    public PriorShape shape(int number) {
        return card().levels().get(number).prior();
    }

    /** Makes the label rows of a level; null if its prior is unlabelled. */
    Labeller labeller(int level) {
        return labeller.level(level).orElse(null);
    }

    /** Loads the prior of a level, in float32. */
    Prior prior(int level) throws IOException {
        return folder.prior(level, device, Precision.FLOAT32);
    }

    /** Seconds that a code of the top level lasts. */
    double secondsPerTopCode() {
        return (double) level(top()).hop() / card().sampleRate();
    }
}
