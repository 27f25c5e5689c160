package dev.segue.worker.training;

import java.util.List;

/**
 * By what the learning rate is multiplied at each step (specification §11.2). The first step, 0, has a rate of 0.
 *
 * @param scale factor at every step, lr_scale
 * @param warmup steps of linear growth from 0; 0 for none, which the original does not allow
 * @param decay how the rate falls afterwards
 */
public record LearningRateSchedule(double scale, double warmup, Decay decay) {

    /** How the rate falls. */
    public sealed interface Decay {
        /** Factor at {@code step}. */
        double at(long step);
    }

    /**
     * A factor of {@code gamma} every {@code every} steps.
     *
     * @param gamma lr_gamma
     * @param every lr_decay
     */
    public record Stepwise(double gamma, double every) implements Decay {
        @Override
        public double at(long step) {
            return Math.pow(gamma, Math.floor(step / every));
        }
    }

    /**
     * A straight line to 0, where training ends.
     *
     * @param from step at which it begins, lr_start_linear_decay
     * @param steps until it reaches 0, lr_decay
     */
    public record Linear(double from, double steps) implements Decay {
        @Override
        public double at(long step) {
            return Math.max(0, 1 - Math.max(0, step - from) / steps);
        }
    }

    /**
     * Several schedules, each counted from its own first step, one after the other; 0 when the last is over.
     *
     * @param rounds in their order
     */
    public record Rounds(List<Round> rounds) implements Decay {
        /** Copies what it is given. */
        public Rounds {
            rounds = List.copyOf(rounds);
        }

        @Override
        public double at(long step) {
            long left = step;
            for (Round round : rounds) {
                if (left < round.steps()) {
                    return round.factor() * round.schedule().multiplier(left);
                }
                left -= round.steps();
            }
            return 0;
        }
    }

    /**
     * One of several schedules.
     *
     * @param steps that it lasts
     * @param factor on all of it
     */
    public record Round(long steps, double factor, LearningRateSchedule schedule) {}

    /** The original's defaults: 100 steps of warm-up, then constant. */
    public static LearningRateSchedule standard() {
        return new LearningRateSchedule(1, 100, new Stepwise(1, 1e10));
    }

    /** Factor on the learning rate at {@code step}, from 0. */
    public double multiplier(long step) {
        double warmed = warmup == 0 ? 1 : Math.min(1, step / warmup);
        return scale * warmed * decay.at(step);
    }
}
