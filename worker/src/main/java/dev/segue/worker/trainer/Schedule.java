package dev.segue.worker.trainer;

import dev.segue.worker.training.Adam;
import dev.segue.worker.training.LearningRateSchedule;
import dev.segue.worker.training.Optimiser;
import java.util.List;

/**
 * How long and how fast one part of a model is trained.
 *
 * @param rounds one after the other, each with a learning rate that grows and falls again; at least one
 * @param batch items per step
 * @param seed of the first weights, of the order of the items and of what is drawn on the way
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
        List<Round> rounds,
        int batch,
        long seed,
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
        rounds = List.copyOf(rounds);
        atLeast(1, "rounds.length", rounds.size());
        atLeast(1, "batch", batch);
        atLeast(1, "logEvery", logEvery);
        atLeast(1, "validateEvery", validateEvery);
        atLeast(1, "validationItems", validationItems);
        atLeast(1, "saveEvery", saveEvery);
        // Else the log of a run that was continued would not be that of one that was not.
        require(saveEvery % logEvery == 0, "saveEvery", saveEvery, "a multiple of logEvery, " + logEvery);
        require(weightDecay >= 0, "weightDecay", weightDecay, "at least 0");
        require(beta2 >= 0 && beta2 < 1, "beta2", beta2, "from 0 to below 1");
        require(clip > 0, "clip", clip, "more than 0");
        require(averaging >= 0 && averaging < 1, "averaging", averaging, "from 0 to below 1");
    }

    /**
     * Some steps.
     *
     * @param steps how many; the learning rate reaches 0 with the last
     * @param learningRate at its height
     * @param warmup steps until it is there
     * @param decayFrom step of these from which it falls in a straight line
     */
    public record Round(int steps, double learningRate, int warmup, int decayFrom) {
        /** Checks each. */
        public Round {
            atLeast(1, "rounds.steps", steps);
            atLeast(0, "rounds.warmup", warmup);
            require(learningRate > 0, "rounds.learningRate", learningRate, "more than 0");
            require(
                    decayFrom >= 0 && decayFrom < steps,
                    "rounds.decayFrom",
                    decayFrom,
                    "from 0 to below steps, " + steps);
        }

        private LearningRateSchedule.Round rate() {
            return new LearningRateSchedule.Round(
                    steps,
                    learningRate,
                    new LearningRateSchedule(1, warmup, new LearningRateSchedule.Linear(decayFrom, steps - decayFrom)));
        }
    }

    /** Steps of all rounds. */
    public int steps() {
        return rounds.stream().mapToInt(Round::steps).sum();
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
                1,
                new LearningRateSchedule(
                        1,
                        0,
                        new LearningRateSchedule.Rounds(
                                rounds.stream().map(Round::rate).toList())),
                clip,
                0,
                averaging);
    }
}
