package dev.segue.contracts.model;

import dev.segue.contracts.window.Level;
import java.util.ArrayList;
import java.util.List;

/**
 * A whole model: one VQ-VAE and a prior for each of its levels.
 *
 * @param vqVae makes codes of sound and sound of codes
 * @param priors one per level, the finest first; the last is the top-level prior
 */
public record ModelShape(VqVaeShape vqVae, List<PriorShape> priors) {

    public ModelShape {
        priors = List.copyOf(priors);
    }

    /**
     * The same shapes, known to be computable and to fit each other.
     *
     * @throws InvalidModelException if they are not or do not; a {@link ModelCard} has been through this
     */
    public ModelShape requireConsistent() {
        ShapeCheck.check(this);
        return this;
    }

    /** The number of the top level. */
    public int topLevel() {
        return priors.size() - 1;
    }

    /** The top-level prior. */
    public PriorShape top() {
        return priors.get(topLevel());
    }

    /** Codes of {@code level} per code of the level above; 0 for the top level. */
    public int conditionFactor(int level) {
        return level == topLevel() ? 0 : vqVae.blockFactor(level + 1);
    }

    /**
     * The levels as the window schedule sees them, the finest first.
     *
     * @param hopFractions per level, the share of a window from its start to the next one's
     */
    public List<Level> levels(List<Double> hopFractions) {
        List<Level> levels = new ArrayList<>();
        for (int level = 0; level < priors.size(); level++) {
            levels.add(Level.of(
                    level,
                    vqVae.hop(level),
                    priors.get(level).context(),
                    hopFractions.get(level),
                    conditionFactor(level)));
        }
        return List.copyOf(levels);
    }
}
