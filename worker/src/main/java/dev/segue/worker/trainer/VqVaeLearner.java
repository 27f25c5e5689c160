package dev.segue.worker.trainer;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.worker.audio.Downmix;
import dev.segue.worker.audio.Resolution;
import dev.segue.worker.audio.SpectralMeasures;
import dev.segue.worker.torch.Torch;
import dev.segue.worker.training.Bandwidths;
import dev.segue.worker.training.LevelLosses;
import dev.segue.worker.training.Optimiser;
import dev.segue.worker.training.Songbook;
import dev.segue.worker.training.VqVaeMetrics;
import dev.segue.worker.training.VqVaeTraining;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/**
 * The VQ-VAE in training on excerpts of songs (specification §2, §11). Its levels share nothing and are computed at once,
 * each by one thread. Owned by one thread.
 */
final class VqVaeLearner implements Learner {
    /** How values are named that are the spectral convergence of a level, from 1, in dB. */
    static final String CONVERGENCE = "convergence_db_l";

    /** Items between two that bandwidths are measured of, and how much sound that takes, as in the original. */
    private static final int BANDWIDTH_STEP = 16;

    private static final double BANDWIDTH_SECONDS = 600;

    private final Recipe.VqVaePart part;
    private final SongSounds songs;
    private final Songbook songbook;
    private final Order order;
    private final Excerpts validation;
    private final VqVaeTraining training;
    private final Optimiser optimiser;
    private final List<String> names;
    private final ExecutorService levels;
    private boolean begun;

    /**
     * Begins with random weights.
     *
     * @param songs to learn from
     * @param held songs that validation takes items of
     */
    VqVaeLearner(Device device, Recipe.VqVaePart part, SongSounds songs, SongSounds held) throws IOException {
        this.part = part;
        this.songs = songs;
        this.songbook = Excerpts.songbook(songs, part.sampleLength());
        this.order = new Order(
                "items of " + part.sampleLength() + " samples",
                songbook.items(),
                part.schedule().batch(),
                part.schedule().seed());
        this.validation =
                Excerpts.spread(held, part.sampleLength(), part.schedule().validationItems());
        this.training = VqVaeTraining.fresh(
                device, part.shape(), part.loss().loss(bandwidths(device)), part.codebook(), order.random(-1));
        this.names = List.copyOf(training.parameters().keySet());
        this.optimiser = new Optimiser(
                device,
                part.schedule().optimiser(),
                new NDList(List.copyOf(training.parameters().values())));
        this.levels = Executors.newFixedThreadPool(part.shape().levels(), VqVaeLearner::oneThread);
    }

    /** A thread whose operations are not spread over others: levels are. */
    private static Thread oneThread(Runnable work) {
        Thread thread = new Thread(
                () -> {
                    Torch.setThreads(1);
                    work.run();
                },
                "vqvae-level");
        thread.setDaemon(true);
        return thread;
    }

    private Bandwidths bandwidths(Device device) throws IOException {
        try (SpectralMeasures measures = new SpectralMeasures(device, List.of(Resolution.SPECTRAL))) {
            Bandwidths.Accumulator sum = new Bandwidths.Accumulator(measures);
            double left = BANDWIDTH_SECONDS * part.shape().sampleRate();
            for (int item = 0; item < songbook.items() && left > 0; item += BANDWIDTH_STEP) {
                Songbook.Excerpt place = songbook.excerpt(item);
                sum.add(songs.excerpt(place.song(), place.offset(), part.sampleLength(), Downmix.EVEN));
                left -= part.sampleLength();
            }
            return sum.result();
        }
    }

    @Override
    public Map<String, Double> step(long step) throws IOException {
        RandomGenerator random = order.random(step);
        float[] batch = new float[part.schedule().batch() * part.sampleLength()];
        int at = 0;
        for (int item : order.at(step)) {
            int shift = part.shift() ? random.nextInt(part.sampleLength()) - part.sampleLength() / 2 : 0;
            float mix = part.blend() ? random.nextFloat() : Downmix.EVEN;
            Songbook.Excerpt place = songbook.excerpt(item, shift);
            float[] sound = songs.excerpt(place.song(), place.offset(), part.sampleLength(), mix);
            System.arraycopy(sound, 0, batch, at, sound.length);
            at += sound.length;
        }
        try (NDManager scratch = training.newManager()) {
            NDArray sound = scratch.create(batch, new Shape(part.schedule().batch(), part.sampleLength()));
            if (!begun) {
                training.begin(sound, training.restarts(random, sound));
                begun = true;
            }
            VqVaeTraining.Gradients results =
                    training.gradients(scratch, sound, training.restarts(random, sound), levels);
            Optimiser.Step taken = optimiser.step(results.gradients());
            Map<String, Double> values = new LinkedHashMap<>(results.metrics().named());
            decibels(results.metrics(), values);
            values.put("gradient_norm", taken.norm());
            values.put("learning_rate", taken.learningRate());
            values.put("skipped", taken.skipped() ? 1.0 : 0.0);
            return values;
        }
    }

    /** Spectral convergence per level: that of Jukebox's tables, less is better. */
    private static void decibels(VqVaeMetrics metrics, Map<String, Double> values) {
        for (int level = 0; level < metrics.levels().size(); level++) {
            LevelLosses losses = metrics.levels().get(level);
            values.put(CONVERGENCE + (level + 1), 20 * Math.log10(losses.convergence()));
        }
    }

    @Override
    public Map<String, Double> validate() throws IOException {
        List<Map<String, Double>> items = new ArrayList<>();
        optimiser.average().swap();
        try (NDManager scratch = training.newManager()) {
            for (float[] item : validation.sounds()) {
                NDArray sound = scratch.create(item, new Shape(1, item.length));
                VqVaeMetrics metrics = training.evaluate(sound);
                Map<String, Double> values = new LinkedHashMap<>(metrics.named());
                decibels(metrics, values);
                items.add(values);
            }
        } finally {
            optimiser.average().swap();
        }
        return Means.of(items);
    }

    /**
     * The first validation item as it is, then as each level gives it back, with the averaged weights, for pictures.
     */
    List<float[]> reconstructions() throws IOException {
        optimiser.average().swap();
        try (NDManager scratch = training.newManager()) {
            float[] item = validation.sounds().get(0);
            List<float[]> sounds = new ArrayList<>(List.of(item));
            NDArray sound = scratch.create(item, new Shape(1, item.length));
            training.evaluate(scratch, sound).sounds().forEach(one -> sounds.add(one.toFloatArray()));
            return sounds;
        } finally {
            optimiser.average().swap();
        }
    }

    @Override
    public Map<String, NDArray> state() {
        Map<String, NDArray> state = new LinkedHashMap<>(training.parameters());
        state.putAll(optimiser.state(names));
        for (int level = 0; level < part.shape().levels(); level++) {
            NDList codebook = training.level(level).codebook();
            state.put("codebook." + level + ".k", codebook.get(0));
            state.put("codebook." + level + ".k_sum", codebook.get(1));
            state.put("codebook." + level + ".k_elem", codebook.get(2));
        }
        return state;
    }

    @Override
    public void resume(long steps) {
        optimiser.resume(steps);
        begun = true;
    }

    @Override
    public Map<String, NDArray> weights() {
        Map<String, NDArray> weights = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            weights.put(names.get(i), optimiser.average().averages().get(i));
        }
        weights.putAll(training.codebooks());
        return weights;
    }

    @Override
    public void close() {
        levels.shutdownNow();
        optimiser.close();
        training.close();
    }
}
