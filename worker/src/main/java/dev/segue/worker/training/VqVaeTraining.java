package dev.segue.worker.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.audio.Resolution;
import dev.segue.worker.jukebox.StateDict;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A VQ-VAE in training: losses, gradients of all parameters, and codebooks that follow the latents (specification §2.5,
 * §2.7). {@link Adam} then moves the parameters.
 *
 * <p>Sound is [batch, time] float32, its time a multiple of the coarsest hop and longer than half the largest
 * transform. Owned by one thread.
 */
public final class VqVaeTraining implements AutoCloseable {
    private final VqVaeShape shape;
    private final List<VqVaeLevelTraining> levels = new ArrayList<>();
    private final int longestTransform;

    private VqVaeTraining(
            Device device, VqVaeShape shape, VqVaeLoss loss, CodebookLearning learning, InitialWeights initial) {
        this.shape = shape;
        this.longestTransform = Stream.concat(Stream.of(Resolution.SPECTRAL), loss.resolutions().stream())
                .mapToInt(Resolution::nFft)
                .max()
                .orElseThrow();
        try {
            for (int level = 0; level < shape.levels(); level++) {
                levels.add(new VqVaeLevelTraining(device, shape, level, loss, learning, initial));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A new one with random weights, whose codebooks must {@link #begin} with a batch. */
    public static VqVaeTraining fresh(
            Device device, VqVaeShape shape, VqVaeLoss loss, CodebookLearning learning, RandomGenerator random) {
        return new VqVaeTraining(device, shape, loss, learning, InitialWeights.random(random));
    }

    /**
     * One that goes on from a checkpoint, which does not hold the codebooks' counters: they start as if each entry had
     * had its share of the codes of {@code sampleLength} samples.
     *
     * @param sampleLength samples per training item, times the number of processes that train together
     */
    public static VqVaeTraining restored(
            Device device,
            VqVaeShape shape,
            VqVaeLoss loss,
            CodebookLearning learning,
            SafetensorsFile weights,
            long sampleLength) {
        VqVaeTraining training = new VqVaeTraining(device, shape, loss, learning, InitialWeights.from(shape, weights));
        try {
            for (int level = 0; level < shape.levels(); level++) {
                long codes = sampleLength / shape.hop(level);
                training.level(level).restoreCounters((double) codes / shape.codes());
            }
            return training;
        } catch (RuntimeException e) {
            training.close();
            throw e;
        }
    }

    /** One level. */
    public VqVaeLevelTraining level(int level) {
        return levels.get(level);
    }

    /** A manager for values that are passed to it or come from it. */
    public NDManager newManager() {
        return levels.get(0).newManager();
    }

    /** Starts fresh codebooks with rows of a batch's latents, one draw per level. */
    public void begin(NDArray sound, List<Restarts> restarts) {
        try (NDManager scratch = newManager()) {
            for (int level = 0; level < levels.size(); level++) {
                level(level).begin(level(level).latents(scratch, sound), restarts.get(level));
            }
        }
    }

    /** Rows drawn for one batch, per level. */
    public List<Restarts> restarts(RandomGenerator random, NDArray sound) {
        List<Restarts> restarts = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            long rows = sound.size() / shape.hop(level);
            restarts.add(Restarts.draw(random, Math.toIntExact(rows), shape.codes(), shape.embeddingWidth()));
        }
        return restarts;
    }

    private void check(NDArray sound) {
        int hop = shape.hop(shape.levels() - 1);
        if (sound.getShape().dimension() != 2 || sound.getDataType() != DataType.FLOAT32) {
            throw new IllegalArgumentException(
                    "sound is " + sound.getShape() + " " + sound.getDataType() + "; pass [batch, time] float32");
        }
        long time = sound.getShape().get(1);
        if (time <= longestTransform / 2 || time % hop != 0) {
            throw new IllegalArgumentException("sound has " + time + " samples; training needs a multiple of the hop, "
                    + hop + ", that is longer than half the longest transform, " + longestTransform / 2);
        }
    }

    /** The losses of a batch, without learning anything. */
    public VqVaeMetrics evaluate(NDArray sound) {
        try (NDManager scratch = newManager()) {
            return evaluate(scratch, sound).metrics();
        }
    }

    /**
     * The losses of a batch and what became of its sound, without learning anything.
     *
     * @param owner frees the reconstructions
     */
    public Reconstruction evaluate(NDManager owner, NDArray sound) {
        check(sound);
        List<LevelLosses> losses = new ArrayList<>();
        NDList reconstructions = new NDList();
        for (VqVaeLevelTraining level : levels) {
            NDList results = level.evaluate(owner, sound);
            losses.add(LevelLosses.of(results.get(0)));
            reconstructions.add(results.get(1));
        }
        return new Reconstruction(new VqVaeMetrics(losses, Optional.empty()), reconstructions);
    }

    /**
     * What became of a batch.
     *
     * @param metrics its losses
     * @param sounds per level, [batch, time]
     */
    public record Reconstruction(VqVaeMetrics metrics, NDList sounds) {}

    /**
     * Gradients of a batch's loss; the codebooks learn from it. Codes and sound are those of the codebooks before that.
     *
     * @param restarts per level, what may restart unused entries
     */
    public Gradients gradients(NDManager owner, NDArray sound, List<Restarts> restarts) {
        return gradients(owner, sound, restarts, Runnable::run);
    }

    /**
     * The same with the levels at once, which share nothing: what comes out does not depend on how many are.
     *
     * @param threads run one level each; a level never runs twice at once
     */
    public Gradients gradients(NDManager owner, NDArray sound, List<Restarts> restarts, Executor threads) {
        check(sound);
        List<CompletableFuture<NDList>> running = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            VqVaeLevelTraining one = level(level);
            Restarts its = restarts.get(level);
            running.add(CompletableFuture.supplyAsync(() -> one.gradients(owner, sound, its), threads));
        }
        List<LevelLosses> losses = new ArrayList<>();
        List<CodebookMetrics> codebooks = new ArrayList<>();
        NDList reconstructions = new NDList();
        NDList gradients = new NDList();
        for (CompletableFuture<NDList> level : running) {
            NDList results = level.join();
            losses.add(LevelLosses.of(results.get(0)));
            codebooks.add(CodebookMetrics.of(results.get(1)));
            reconstructions.add(results.get(2));
            gradients.addAll(results.subList(3, results.size()));
        }
        VqVaeMetrics metrics = new VqVaeMetrics(losses, Optional.of(CodebookMetrics.mean(codebooks)));
        return new Gradients(metrics, reconstructions, gradients);
    }

    /**
     * What one batch gives.
     *
     * @param metrics its losses and what the codebooks did
     * @param reconstructions per level, [batch, time]
     * @param gradients one for each of {@link #parameters}, in their order
     */
    public record Gradients(VqVaeMetrics metrics, NDList reconstructions, NDList gradients) {}

    /** Everything that is optimised, by name. Writing to the values is training. */
    public Map<String, NDArray> parameters() {
        Map<String, NDArray> parameters = new LinkedHashMap<>();
        for (int level = 0; level < levels.size(); level++) {
            List<String> names = new ArrayList<>(StateDict.encoder(shape, level).keySet());
            names.addAll(StateDict.decoder(shape, level).keySet());
            NDList values = level(level).parameters();
            for (int i = 0; i < names.size(); i++) {
                parameters.put(names.get(i), values.get(i));
            }
        }
        return parameters;
    }

    /** Codebooks by name: with {@link #parameters}, the state dict. */
    public Map<String, NDArray> codebooks() {
        Map<String, NDArray> codebooks = new LinkedHashMap<>();
        for (int level = 0; level < levels.size(); level++) {
            for (String name : StateDict.codebook(shape, level).keySet()) {
                codebooks.put(name, level(level).codebook().get(0));
            }
        }
        return codebooks;
    }

    @Override
    public void close() {
        levels.forEach(VqVaeLevelTraining::close);
    }
}
