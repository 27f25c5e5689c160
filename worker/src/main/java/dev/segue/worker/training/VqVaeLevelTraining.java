package dev.segue.worker.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.jukebox.StateDict;
import dev.segue.worker.jukebox.VqVaeLevel;
import dev.segue.worker.torch.ScriptModule;
import java.util.List;
import java.util.Map;

/**
 * One level of a VQ-VAE in training. The mathematics is in {@code VqVaeTraining.py}.
 *
 * <p>Sound is [batch, time], latents [batch, embedding, length], codes [batch, length]. Results belong to the manager
 * that is passed. Owned by one thread.
 */
public final class VqVaeLevelTraining implements AutoCloseable {
    private final ScriptModule script;
    private final NDManager weights;
    private final NDList encoder;
    private final NDList decoder;
    private final NDList codebook;

    VqVaeLevelTraining(
            Device device,
            VqVaeShape shape,
            int level,
            VqVaeLoss loss,
            CodebookLearning learning,
            InitialWeights initial) {
        Map<String, Object> attributes = VqVaeLevel.attributes(shape, level);
        attributes.putAll(loss.attributes());
        attributes.put("mu", learning.decay());
        attributes.put("threshold", learning.threshold());
        script = ScriptModule.load(
                device,
                VqVaeLevelTraining.class,
                List.of(
                        "/dev/segue/worker/jukebox/convolutions",
                        "/dev/segue/worker/jukebox/vqvae",
                        "/dev/segue/worker/audio/spectral",
                        "codebook",
                        "reconstruction",
                        "VqVaeTraining"),
                attributes);
        weights = script.newManager();
        try {
            encoder = initial.tensors(weights, StateDict.encoder(shape, level));
            decoder = initial.tensors(weights, StateDict.decoder(shape, level));
            NDArray entries =
                    initial.tensors(weights, StateDict.codebook(shape, level)).get(0);
            codebook = new NDList(entries, entries.duplicate(), weights.ones(new Shape(shape.codes())));
            script.run("put", encoder, decoder, codebook);
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A manager for values that are passed to it or come from it. */
    public NDManager newManager() {
        return script.newManager();
    }

    /** Starts the running sums of a codebook that comes from a checkpoint, as if each entry had {@code uses} rows. */
    void restoreCounters(double uses) {
        try (NDArray sums = codebook.get(0).mul(uses);
                NDArray counts = codebook.get(2).onesLike().mul(uses)) {
            sums.copyTo(codebook.get(1));
            counts.copyTo(codebook.get(2));
        }
    }

    /** Starts a fresh codebook with rows of a batch's latents. */
    public void begin(NDArray latents, Restarts restarts) {
        try (NDManager scratch = newManager()) {
            script.run("begin", latents, picks(scratch, restarts), noise(scratch, restarts));
        }
    }

    /** Latents, apart from the gradient. */
    public NDArray latents(NDManager owner, NDArray sound) {
        return script.tensor(owner, "detached_latents", sound);
    }

    /** The nearest entry of the codebook as it is now for each latent. */
    public NDArray quantise(NDManager owner, NDArray latents) {
        return script.tensor(owner, "quantise", latents);
    }

    /** The commitment loss of latents with these codes. */
    public double commitment(NDArray latents, NDArray codes) {
        try (NDArray loss = script.tensor(latents.getManager(), "commitment", latents, codes)) {
            return loss.getFloat();
        }
    }

    /** Learns from latents and the codes that they had, and says how well the codebook is used. */
    public CodebookMetrics learn(NDArray latents, NDArray codes, Restarts restarts) {
        try (NDManager scratch = newManager()) {
            return CodebookMetrics.of(script.tensor(
                    scratch, "learn_codebook", latents, codes, picks(scratch, restarts), noise(scratch, restarts)));
        }
    }

    /** The losses without learning anything: [9] as {@link LevelLosses} names them, and the reconstruction. */
    NDList evaluate(NDManager owner, NDArray sound) {
        return script.tensors(owner, "evaluate", sound);
    }

    /** Losses [9], codebook metrics [6], the reconstruction and one gradient per parameter; the codebook learns. */
    NDList gradients(NDManager owner, NDArray sound, Restarts restarts) {
        try (NDManager scratch = newManager()) {
            return script.differentiate(owner, "gradients", sound, picks(scratch, restarts), noise(scratch, restarts));
        }
    }

    private NDArray picks(NDManager manager, Restarts restarts) {
        return manager.create(restarts.picks());
    }

    private NDArray noise(NDManager manager, Restarts restarts) {
        return manager.create(restarts.noise(), codebook.get(0).getShape());
    }

    /** Weights of the encoder, then those of the decoder, in state-dict order. Writing to them is training. */
    public NDList parameters() {
        NDList parameters = new NDList(encoder);
        parameters.addAll(decoder);
        return parameters;
    }

    /** The codebook's entries [entries, embedding], their sums and their counts [entries]. */
    public NDList codebook() {
        return new NDList(codebook);
    }

    @Override
    public void close() {
        weights.close();
        script.close();
    }
}
