package dev.segue.worker.trainer;

import dev.segue.worker.training.Adam;
import dev.segue.worker.training.LearningRateSchedule;
import dev.segue.worker.training.Optimiser;

/**
 * How long and how fast one part of a model is trained.
 *
 * @param steps in all; the learning rate reaches 0 with the last
 * @param batch items per step
 * @param seed of the first weights, of the order of the items and of what is drawn on the way
 * @param learningRate at its height
 * @param warmup steps until it is there
 * @param decayFrom step from which it falls in a straight line
 * @param weightDecay see {@link Adam.Settings}
 * @param beta2 how much of the second moment stays per step
 * @param clip gradients are scaled down to this norm
 * @param averaging how much of the moving average, which is what is saved, stays per step
 * @param logEvery steps to a line of the log
 * @param validateEvery steps to a validation
 * @param validationItems how many items that takes
 * @param saveEvery steps to a checkpoint
 */
public record Schedule(
        int steps,
        int batch,
        long seed,
        double learningRate,
        int warmup,
        int decayFrom,
        double weightDecay,
        double beta2,
        double clip,
        double averaging,
        int logEvery,
        int validateEvery,
        int validationItems,
        int saveEvery) {
    private static final double BETA1 = 0.9;
    private static final double EPSILON = 1e-8;

    /** Checks each. */
    public Schedule {
        atLeast(1, "steps", steps);
        atLeast(1, "batch", batch);
        atLeast(0, "warmup", warmup);
        atLeast(1, "logEvery", logEvery);
        atLeast(1, "validateEvery", validateEvery);
        atLeast(1, "validationItems", validationItems);
        atLeast(1, "saveEvery", saveEvery);
        // Else the log of a run that was continued would not be that of one that was not.
        require(saveEvery % logEvery == 0, "saveEvery", saveEvery, "a multiple of logEvery, " + logEvery);
        require(learningRate > 0, "learningRate", learningRate, "more than 0");
        require(decayFrom >= 0 && decayFrom < steps, "decayFrom", decayFrom, "from 0 to below steps, " + steps);
        require(weightDecay >= 0, "weightDecay", weightDecay, "at least 0");
        require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "from 0 to below 1");
        require(clip > 0, "clip", clip, "more than 0");
        require(averaging >= 0 && averaging < 1, "averaging", averaging, "from 0 to below 1");
    }

    private static void atLeast(int least, String field, int value) {
        require(value >= least, field, value, "at least " + least);
    }

    private static void require(boolean holds, String field, Object value, String limit) {
        if (!holds) {
            throw new RecipeException("schedule." + field, value, limit);
        }
    }

    /** What the optimiser does at each step. */
    public Optimiser.Settings optimiser() {
        return new Optimiser.Settings(
                new Adam.Settings(BETA1, beta2, EPSILON, weightDecay),
                learningRate,
                new LearningRateSchedule(1, warmup, new LearningRateSchedule.Linear(decayFrom, steps - decayFrom)),
                clip,
                0,
                averaging);
    }
}
