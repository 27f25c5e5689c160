package dev.segue.worker.jukebox;

import dev.segue.contracts.model.ConditionerShape;
import dev.segue.contracts.model.LabelShape;
import dev.segue.contracts.model.LabelVersion;
import dev.segue.contracts.model.LyricShape;
import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ModelFile;
import dev.segue.contracts.model.ModelShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TimingShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.weights.ModelStore;
import dev.segue.worker.weights.RandomWeights;
import dev.segue.worker.weights.Sha256;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A small model of all three levels with seeded random weights: it goes every way that a trained one goes, in seconds,
 * and what comes out is noise.
 */
public final class UntrainedModel {
    /** What requests call it. */
    public static final String NAME = "untrained";

    private static final int SAMPLE_RATE = 22_050;
    private static final int CODES = 256;
    private static final int LYRIC_TOKENS = 64;
    private static final int LYRIC_SYMBOLS = 79;
    private static final List<Double> HOP_FRACTIONS = List.of(0.5, 0.5, 0.125);
    private static final LabelShape LABELS = new LabelShape(LabelVersion.V3, 3, 3, 1);
    private static final VqVaeShape VQ_VAE = new VqVaeShape(
            SAMPLE_RATE, List.of(3, 2, 2), List.of(2, 2, 2), 32, CODES, 16, 2, List.of(2, 1, 1), 1, 3, null, true);

    private UntrainedModel() {}

    /** What its parts compute. */
    public static ModelShape shape() {
        return new ModelShape(VQ_VAE, List.of(upsampler(0), upsampler(1), top()));
    }

    /**
     * Writes the model to a folder, its card last.
     *
     * @param folder is made if it is not there
     * @param seed what the weights are drawn with
     */
    public static ModelFolder write(Path folder, long seed) throws IOException {
        Files.createDirectories(folder);
        ModelShape shape = shape();
        ModelFile vqVae = weights(folder, "vqvae", StateDict.of(shape.vqVae()), seed);
        ModelFile artists = table(folder, "artists.txt", "unknown;0\nthe copper owls;1\nluna march;2\n");
        ModelFile genres = table(folder, "genres.txt", "unknown;0\nblues;1\njazz;2\n");
        List<ModelFile> priors = new ArrayList<>();
        List<ModelCard.LabelFiles> labels = new ArrayList<>();
        for (PriorShape prior : shape.priors()) {
            priors.add(weights(folder, "prior_level_" + prior.level(), StateDict.of(prior), seed));
            labels.add(new ModelCard.LabelFiles(artists, genres));
        }
        ModelCard card = ModelCard.of(
                NAME,
                "Small random weights (seed " + seed + "), for trying things out; it makes noise",
                "Apache-2.0",
                shape,
                HOP_FRACTIONS,
                vqVae,
                priors,
                labels);
        card.write(folder.resolve(ModelStore.CARD));
        return new ModelFolder(folder, card);
    }

    private static PriorShape top() {
        return new PriorShape(
                2,
                448,
                CODES,
                new TransformerShape(64, 16, 2, 12, 8, 0.25, 1, 1),
                false,
                LABELS,
                new TimingShape(32, 1, 600),
                new LyricShape(LYRIC_TOKENS, LYRIC_SYMBOLS, 0.4, null, 15, 0),
                null,
                false,
                SAMPLE_RATE);
    }

    private static PriorShape upsampler(int level) {
        return new PriorShape(
                level,
                1024,
                CODES,
                new TransformerShape(64, 3, 1, 2, 16, 0.25, 1, 1),
                false,
                LABELS,
                null,
                null,
                new ConditionerShape(2, 2, 32, 4, 1, 3, null, level == 1, true),
                false,
                SAMPLE_RATE);
    }

    private static ModelFile weights(Path folder, String part, Map<String, StateDict.Entry> tensors, long seed)
            throws IOException {
        Path file = folder.resolve(part + ".safetensors");
        List<TensorSpec> specs = new ArrayList<>();
        tensors.forEach((name, entry) -> specs.add(new TensorSpec(name, TensorType.F32, entry.shape())));
        new RandomWeights(seed + part.hashCode(), name -> scale(name, tensors.get(name))).write(file, specs);
        return described(folder, file);
    }

    /** Layer norms near one; the rest so that sums over a fan-in keep their size. */
    private static RandomWeights.Scale scale(String name, StateDict.Entry entry) {
        if (name.matches(".*ln(_\\d)?\\.weight")) {
            return new RandomWeights.Scale(1, 0.05f);
        }
        if (name.matches("decoders\\.\\d+\\.out\\..*")) {
            return new RandomWeights.Scale(0, 0.01f); // noise, but no louder than music
        }
        if (name.endsWith(".k") || name.contains("emb")) {
            return new RandomWeights.Scale(0, 0.5f);
        }
        double fanIn = (double) entry.elements() / entry.shape().get(entry.linear() ? 1 : 0);
        return new RandomWeights.Scale(0, entry.shape().size() == 1 ? 0.05f : (float) (1 / Math.sqrt(fanIn)));
    }

    private static ModelFile table(Path folder, String name, String lines) throws IOException {
        return described(folder, Files.writeString(folder.resolve(name), lines, StandardCharsets.UTF_8));
    }

    private static ModelFile described(Path folder, Path file) throws IOException {
        return new ModelFile(folder.relativize(file).toString(), Sha256.of(file), Files.size(file));
    }
}
