package dev.segue.worker.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happens between the gradients of a batch and the next batch (specification §11.2): clipping, the learning rate's
 * schedule, a step of {@link Adam} and of the moving average. Gradients that are no numbers, or too large, are skipped.
 *
 * <p>It moves the parameters that it was given in place; they must outlive it. Owned by one thread.
 */
public final class Optimiser implements AutoCloseable {
    private final Settings settings;
    private final Adam adam;
    private final MovingAverage average;

    /**
     * How it steps.
     *
     * @param adam its moments
     * @param learningRate before the schedule, lr
     * @param schedule factor on it by the number of steps taken; 0 at the first of them
     * @param clip gradients are scaled down to this norm
     * @param ignoredAbove batches whose norm exceeds it are skipped, ignore_grad_norm; 0 for none
     * @param averaging how much of the moving average stays per step
     */
    public record Settings(
            Adam.Settings adam,
            double learningRate,
            LearningRateSchedule schedule,
            double clip,
            double ignoredAbove,
            double averaging) {

        public Settings {
            if (!(clip > 0)) {
                throw new IllegalArgumentException("clip is " + clip + " but must be more than 0");
            }
        }
    }

    /**
     * What became of a batch's gradients.
     *
     * @param norm of all of them together
     * @param learningRate that they were stepped by
     * @param skipped whether they were not, since the norm is no number or too large
     */
    public record Step(double norm, double learningRate, boolean skipped) {}

    /**
     * Begins with the parameters as they are.
     *
     * @param parameters float32 tensors, which it will write to
     */
    public Optimiser(Device device, Settings settings, NDList parameters) {
        this.settings = settings;
        this.adam = new Adam(device, settings.adam(), parameters);
        try {
            this.average = new MovingAverage(device, parameters);
        } catch (RuntimeException e) {
            adam.close();
            throw e;
        }
    }

    /**
     * Moves the parameters.
     *
     * @param gradients one per parameter, in their order
     */
    public Step step(NDList gradients) {
        double norm = adam.norm(gradients);
        double rate = settings.learningRate() * settings.schedule().multiplier(adam.steps());
        boolean tooLarge = settings.ignoredAbove() > 0 && norm > settings.ignoredAbove();
        if (!Double.isFinite(norm) || tooLarge) {
            return new Step(norm, rate, true);
        }
        adam.step(gradients, rate, Adam.divisor(norm, settings.clip(), 1));
        average.update(settings.averaging());
        return new Step(norm, rate, false);
    }

    /**
     * All that the next step depends on beside the parameters, by names that begin with the parameter's: writing to the
     * values, together with {@link #resume}, continues another optimiser.
     *
     * @param names of the parameters, in their order
     */
    public Map<String, NDArray> state(List<String> names) {
        Map<String, NDArray> state = new LinkedHashMap<>();
        NDList moments = adam.moments();
        for (int i = 0; i < names.size(); i++) {
            state.put(names.get(i) + ":average", average.averages().get(i));
            state.put(names.get(i) + ":first", moments.get(i));
            state.put(names.get(i) + ":second", moments.get(names.size() + i));
        }
        return state;
    }

    /** How many steps were taken; skipped ones do not count. */
    public long steps() {
        return adam.steps();
    }

    /** Continues as if {@code steps} steps had been taken, when the state is that of another optimiser after them. */
    public void resume(long steps) {
        adam.resume(steps);
    }

    /** The moving average of the parameters: what is evaluated and saved. */
    public MovingAverage average() {
        return average;
    }

    @Override
    public void close() {
        adam.close();
        average.close();
    }
}
