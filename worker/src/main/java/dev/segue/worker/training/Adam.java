package dev.segue.worker.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.segue.worker.torch.ScriptArchive;
import dev.segue.worker.torch.ScriptModule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The optimiser of the original (specification §11.2): m = β₁m + (1−β₁)g, v = β₂v + (1−β₂)g², p −= lr · √(1−β₂ᵗ) /
 * (1−β₁ᵗ) · (m / (√v + ε) + decay · p). Float16 parameters keep float16 moments with a scale each.
 *
 * <p>It moves the parameters that it was given in place; they must outlive it. Owned by one thread.
 */
public final class Adam implements AutoCloseable {
    private static final List<String> LISTS = List.of("weights", "first", "second", "first_scales", "second_scales");

    private final Settings settings;
    private final ScriptModule script;
    private final NDManager state;
    private final int parameters;
    private final NDList moments = new NDList();
    private long steps;

    /**
     * How it steps.
     *
     * @param beta1 how much of the first moment stays per step
     * @param beta2 how much of the second moment stays per step
     * @param epsilon added to the root of the second moment
     * @param weightDecay decoupled, times the bias-corrected rate
     */
    public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {
        /** The original's defaults. */
        public static final Settings DEFAULT = new Settings(0.9, 0.999, 1e-8, 0);

        public Settings {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
                throw new IllegalArgumentException(
                        "betas are " + beta1 + " and " + beta2 + "; both must be from 0 to below 1");
            }
        }
    }

    /**
     * Begins with moments of zero.
     *
     * @param parameters float32 or float16 tensors, which it will write to
     */
    public Adam(Device device, Settings settings, NDList parameters) {
        this.settings = settings;
        this.parameters = parameters.size();
        Map<String, Object> attributes = new TreeMap<>();
        LISTS.forEach(list -> attributes.put(list, ScriptArchive.EMPTY_TENSOR_LIST));
        attributes.put("beta1", settings.beta1());
        attributes.put("beta2", settings.beta2());
        attributes.put("epsilon", settings.epsilon());
        attributes.put("decay", settings.weightDecay());
        script = ScriptModule.load(device, Adam.class, List.of("Adam"), attributes);
        state = script.newManager();
        try {
            NDList first = zeros(parameters);
            NDList second = zeros(parameters);
            moments.addAll(first);
            moments.addAll(second);
            script.run("put", parameters, first, second, ones(), ones());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private NDList zeros(NDList like) {
        NDList zeros = new NDList(like.size());
        for (NDArray parameter : like) {
            zeros.add(state.zeros(parameter.getShape(), parameter.getDataType()));
        }
        return zeros;
    }

    private NDList ones() {
        NDList ones = new NDList(parameters);
        for (int i = 0; i < parameters; i++) {
            ones.add(state.create(1f));
        }
        return ones;
    }

    /** The norm of all gradients together; not finite if any element is not. */
    public double norm(NDList gradients) {
        try (NDManager scratch = script.newManager()) {
            return script.tensor(scratch, "norm", check(gradients)).getFloat();
        }
    }

    /**
     * What to divide gradients by so that their true norm does not exceed {@code clip}.
     *
     * @param norm of the true gradients, loss scale already taken out
     * @param clip the largest norm to step by
     * @param lossScale what the loss was multiplied by before its gradients were taken
     */
    public static double divisor(double norm, double clip, double lossScale) {
        return lossScale * Math.max(1, norm / clip);
    }

    /**
     * Moves the parameters.
     *
     * @param gradients one per parameter, in their order
     * @param learningRate by the schedule, which begins at 0
     * @param divisor see {@link #divisor}
     */
    public void step(NDList gradients, double learningRate, double divisor) {
        check(gradients);
        steps++;
        double t = (double) steps;
        double rate = learningRate * Math.sqrt(1 - Math.pow(settings.beta2(), t)) / (1 - Math.pow(settings.beta1(), t));
        script.run("step", gradients, rate, divisor);
    }

    private NDList check(NDList gradients) {
        if (gradients.size() != parameters) {
            throw new IllegalArgumentException(
                    "got " + gradients.size() + " gradients for " + parameters + " parameters; pass one for each");
        }
        return gradients;
    }

    /** First moments, one per parameter as it is stored, then second ones. */
    public NDList moments() {
        return new NDList(moments);
    }

    /** How many steps it took. */
    public long steps() {
        return steps;
    }

    /** Counts on from {@code steps}, when the moments are those of as many steps. */
    public void resume(long steps) {
        this.steps = steps;
    }

    @Override
    public void close() {
        state.close();
        script.close();
    }
}
