package dev.segue.standalone.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.segue.worker.trainer.LabelTables;
import dev.segue.worker.trainer.Recipe;
import dev.segue.worker.trainer.Schedule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A part of a model in training on one batch of random data. Owned by one thread. */
interface BenchTraining extends AutoCloseable {
    /** The part that makes codes of sound. */
    String VQ_VAE = "vqvae";

    /** Weights and data are drawn by it. */
    long SEED = 20_261_123;

    private static String prior(int level) {
        return "prior_level_" + level;
    }

    /** The parts that are measured unless others are named: the VQ-VAE, the top-level prior, the last upsampler. */
    static List<String> usual(Recipe recipe) {
        return Stream.of(VQ_VAE, prior(recipe.levels().size() - 1), prior(0))
                .distinct()
                .toList();
    }

    /**
     * A part of a recipe's model, by the name of its file.
     *
     * @param compared steps whose draws are fixed beforehand, so that a peer can do them too
     */
    static BenchTraining of(Recipe recipe, String part, Device device, int compared) {
        if (part.equals(VQ_VAE)) {
            return new BenchVqVaeTraining(recipe.vqVae(), device, compared);
        }
        Matcher prior = Pattern.compile("prior_level_(\\d)").matcher(part);
        int level = prior.matches() ? Integer.parseInt(prior.group(1)) : Integer.MAX_VALUE;
        if (level >= recipe.levels().size()) {
            throw new IllegalArgumentException("--parts has " + part + " but must be some of vqvae, prior_level_0 to "
                    + prior(recipe.levels().size() - 1));
        }
        // As many names as the songs of segue corpus have, and the unknown one.
        Map<String, Integer> names = new TreeMap<>();
        for (String name : List.of("unknown", "one", "two", "three", "four")) {
            names.put(name, names.size());
        }
        return new BenchPriorTraining(
                recipe.shape(new LabelTables(names, names)).priors().get(level),
                recipe.vqVae().shape().hop(level),
                recipe.levels().get(level).schedule(),
                device);
    }

    /** How it is optimised. */
    Schedule schedule();

    /** What a peer must know to compute the same, as JSON. */
    Map<String, Object> job();

    /** Everything that is optimised, by published name. */
    Map<String, NDArray> parameters();

    /** What else a peer begins with: codebooks by published name, and the batch, each of whose names begins so. */
    Map<String, NDArray> given(NDManager owner);

    /** A manager for what comes from it. */
    NDManager newManager();

    /** Loss and gradients, one for each of the parameters, of the batch; a VQ-VAE's codebooks learn from it. */
    Result gradients(NDManager owner, long step);

    /**
     * What one batch gives.
     *
     * @param loss what training makes small
     * @param gradients of it
     */
    record Result(double loss, NDList gradients) {}

    @Override
    void close();
}
