package dev.segue.standalone.bench;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.worker.audio.Resolution;
import dev.segue.worker.audio.SpectralMeasures;
import dev.segue.worker.trainer.Recipe;
import dev.segue.worker.trainer.Schedule;
import dev.segue.worker.training.Bandwidths;
import dev.segue.worker.training.Restarts;
import dev.segue.worker.training.VqVaeTraining;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A VQ-VAE in training on noise. Owned by one thread. */
final class BenchVqVaeTraining implements BenchTraining {
    private static final float LOUDNESS = 0.3f;

    private final Recipe.VqVaePart part;
    private final Random random = new Random(SEED);
    private final float[] sound;
    private final Bandwidths bandwidths;
    private final VqVaeTraining training;
    private final List<List<Restarts>> compared = new ArrayList<>();

    BenchVqVaeTraining(Recipe.VqVaePart part, Device device, int compared) {
        this.part = part;
        this.sound = new float[part.schedule().batch() * part.sampleLength()];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (2 * random.nextFloat() - 1) * LOUDNESS;
        }
        try (SpectralMeasures measures = new SpectralMeasures(device, List.of(Resolution.SPECTRAL))) {
            Bandwidths.Accumulator sum = new Bandwidths.Accumulator(measures);
            sum.add(sound);
            this.bandwidths = sum.result();
        }
        this.training =
                VqVaeTraining.fresh(device, part.shape(), part.loss().loss(bandwidths), part.codebook(), random);
        try (NDManager scratch = training.newManager()) {
            NDArray batch = batch(scratch);
            training.begin(batch, training.restarts(random, batch));
            for (int step = 0; step < compared; step++) {
                this.compared.add(training.restarts(random, batch));
            }
        }
    }

    private NDArray batch(NDManager owner) {
        return owner.create(sound, new Shape(part.schedule().batch(), part.sampleLength()));
    }

    @Override
    public Schedule schedule() {
        return part.schedule();
    }

    @Override
    public Map<String, Object> job() {
        ObjectNode loss = new ObjectMapper().valueToTree(part.loss());
        loss.putPOJO("bandwidths", bandwidths);
        loss.putPOJO("resolution", Resolution.SPECTRAL);
        loss.putPOJO("resolutions", Resolution.MULTISPECTRAL);
        Map<String, Object> job = new LinkedHashMap<>();
        job.put("part", VQ_VAE);
        job.put("shape", part.shape());
        job.put("loss", loss);
        job.put("codebook", part.codebook());
        return job;
    }

    @Override
    public Map<String, NDArray> parameters() {
        return training.parameters();
    }

    @Override
    public Map<String, NDArray> given(NDManager owner) {
        Map<String, NDArray> given = new LinkedHashMap<>(training.codebooks());
        given.put("batch.sound", batch(owner));
        Shape codebook = new Shape(part.shape().codes(), part.shape().embeddingWidth());
        for (int step = 0; step < compared.size(); step++) {
            for (int level = 0; level < part.shape().levels(); level++) {
                Restarts draw = compared.get(step).get(level);
                String name = "batch.restarts." + level + "." + step;
                given.put(name + ".picks", owner.create(draw.picks()));
                given.put(name + ".noise", owner.create(draw.noise(), codebook));
            }
        }
        return given;
    }

    @Override
    public NDManager newManager() {
        return training.newManager();
    }

    @Override
    public Result gradients(NDManager owner, long step) {
        NDArray batch = batch(owner);
        List<Restarts> draws = step < compared.size() ? compared.get((int) step) : training.restarts(random, batch);
        VqVaeTraining.Gradients results = training.gradients(owner, batch, draws);
        return new Result(results.metrics().loss(), results.gradients());
    }

    @Override
    public void close() {
        training.close();
    }
}
