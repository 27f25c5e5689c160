package dev.segue.worker.trainer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.training.Optimiser;
import dev.segue.worker.training.PriorBatch;
import dev.segue.worker.training.PriorTraining;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A prior in training on windows of songs' codes (specification §6, §11). Owned by one thread. */
final class PriorLearner implements Learner {
    /** What tells how it goes, by the names that the log has them under. */
    static final List<String> FIGURES = List.of("bits_per_code", "bits_per_lyric_token", "alignment_bits");

    private static final String EMBEDDING = "prior.x_emb.weight";
    private static final String OUTPUT = "prior.x_out.weight";

    private final Recipe.LevelPart part;
    private final boolean aligned;
    private final boolean merged;
    private final Windows windows;
    private final Order order;
    private final List<PriorBatch> validation;
    private final PriorTraining training;
    private final Optimiser optimiser;
    private final List<String> names;

    /**
     * Begins with random weights.
     *
     * @param prior what it computes, its labels counted
     * @param windows to learn from
     * @param held windows that validation takes some of
     */
    PriorLearner(Device device, Recipe.LevelPart part, PriorShape prior, Windows windows, Windows held)
            throws IOException {
        this.part = part;
        Schedule schedule = part.schedule();
        this.merged = prior.mergedDecoder();
        this.windows = windows;
        this.order = new Order(
                "windows of " + prior.context() + " codes", windows.count(), schedule.batch(), schedule.seed());
        this.validation = held.spread(schedule.validationItems(), schedule.batch());
        this.aligned = part.alignment() > 0 && windows.saysWhatIsSung();
        this.training = PriorTraining.fresh(prior, device, aligned ? part.alignment() : 0, order.random(-1));
        this.names = List.copyOf(training.parameters().keySet());
        this.optimiser = new Optimiser(
                device,
                schedule.optimiser(),
                new NDList(List.copyOf(training.parameters().values())));
    }

    @Override
    public Map<String, Double> step(long step) throws IOException {
        RandomGenerator random = order.random(step);
        int[] items = order.at(step);
        int[] shifts = new int[items.length];
        double[] lengths = new double[part.tellsAnyLength(step) ? items.length : 0];
        for (int i = 0; i < shifts.length; i++) {
            shifts[i] = part.shift() ? windows.shift(random.nextDouble()) : 0;
        }
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = random.nextDouble();
        }
        PriorBatch batch = windows.batch(items, shifts, lengths);
        if (part.corruption() != null) {
            batch = part.corruption().of(batch, step, part.prior().codes(), random);
        }
        try (NDManager scratch = training.newManager()) {
            PriorTraining.Gradients results = training.gradients(scratch, batch);
            Optimiser.Step taken = optimiser.step(results.gradients());
            Map<String, Double> values = named(results.losses());
            values.put("gradient_norm", taken.norm());
            values.put("learning_rate", taken.learningRate());
            values.put("skipped", taken.skipped() ? 1.0 : 0.0);
            return values;
        }
    }

    private Map<String, Double> named(PriorTraining.Losses losses) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put("loss", losses.prior().loss());
        values.put("bits_per_code", losses.prior().music());
        if (losses.prior().lyrics() > 0) {
            values.put("bits_per_lyric_token", losses.prior().lyrics());
        }
        if (aligned) {
            values.put("alignment_bits", losses.alignment());
        }
        return values;
    }

    @Override
    public Map<String, Double> validate() {
        List<Map<String, Double>> batches = new ArrayList<>();
        optimiser.average().swap();
        try {
            for (PriorBatch batch : validation) {
                batches.add(named(training.losses(batch)));
            }
        } finally {
            optimiser.average().swap();
        }
        return Means.of(batches);
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>(training.parameters());
        state.putAll(optimiser.state(names));
        return state;
    }

    @Override
    public void resume(long steps) {
        optimiser.resume(steps);
    }

    @Override
    public Map<String, NDArray> weights() {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            weights.put(names.get(i), optimiser.average().averages().get(i));
        }
        if (!merged) {
            weights.put(OUTPUT, weights.get(EMBEDDING));
        }
        return weights;
    }

    @Override
    public void close() {
        optimiser.close();
        training.close();
    }
}
