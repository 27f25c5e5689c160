package dev.segue.contracts.model;

import static dev.segue.contracts.model.ShapeCheck.require;
import static dev.segue.contracts.model.ShapeCheck.same;

import dev.segue.contracts.window.Level;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A model in JSON beside its weights: all that a scheduler needs to know of it, and all that a worker needs to load it.
 * A card that exists is consistent; making one that is not throws {@link InvalidModelException}.
 *
 * @param format version of this layout, {@value #FORMAT}
 * @param name what requests call it
 * @param description one line for people
 * @param licence what its weights may be used for
 * @param sampleRate of its sound, in Hz
 * @param codes distinct codes at every level: the width of a code
 * @param vqVae the VQ-VAE
 * @param levels one per level of codes, the finest first
 */
public record ModelCard(
        int format,
        String name,
        String description,
        String licence,
        int sampleRate,
        int codes,
        VqVae vqVae,
        List<LevelCard> levels) {
    /** The layout that this class reads and writes. */
    public static final int FORMAT = 1;

    /** What the original's codes are drawn with, at every level. */
    public static final double TEMPERATURE = 0.99;

    /** The most that codes can be drawn with. */
    public static final double LARGEST_TEMPERATURE = 100;

    /** The least that codes can be drawn with. */
    public static final double SMALLEST_TEMPERATURE = 1e-3;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

    /**
     * The VQ-VAE of a card.
     *
     * @param shape what it computes
     * @param weights its safetensors file
     */
    public record VqVae(VqVaeShape shape, ModelFile weights) {}

    /**
     * One level of a card.
     *
     * @param hop raw samples per code
     * @param context codes in one window, n_ctx
     * @param hopFraction share of a window from its start to the next one's, more than 0 and at most 1
     * @param temperature that its codes are drawn with where a request says nothing of the level; {@value #TEMPERATURE}
     *     in the original
     * @param prior what its prior computes
     * @param weights the prior's safetensors file
     * @param labels tables for names; null if and only if the prior is unlabelled
     */
    public record LevelCard(
            int hop,
            int context,
            double hopFraction,
            double temperature,
            PriorShape prior,
            ModelFile weights,
            LabelFiles labels) {
        private LevelCard at(double otherTemperature) {
            return new LevelCard(hop, context, hopFraction, otherTemperature, prior, weights, labels);
        }
    }

    /**
     * The tables that turn names into ids, one {@code name;id} per line.
     *
     * @param artists table of artists
     * @param genres table of genres or genre words
     */
    public record LabelFiles(ModelFile artists, ModelFile genres) {}

    public ModelCard {
        levels = levels == null ? List.of() : List.copyOf(levels);
        require(
                format == FORMAT,
                "format",
                format,
                "this version reads format " + FORMAT + " only",
                "import the model again with this version");
        require(
                name != null && NAME.matcher(name).matches(),
                "name",
                name,
                "must be up to 64 of a-z, 0-9, dot, dash and underscore, the first a letter or digit",
                "choose another name");
        present("description", description);
        present("licence", licence);
        present("vqVae", vqVae);
        present("vqVae.shape", vqVae.shape());
        present("vqVae.weights", vqVae.weights());
        vqVae.weights().check("vqVae.weights");
        for (int i = 0; i < levels.size(); i++) {
            String at = "levels[" + i + "].";
            present(at + "prior", levels.get(i).prior());
            present(at + "prior.decoder", levels.get(i).prior().decoder());
            present(at + "weights", levels.get(i).weights());
        }
        same("sampleRate", sampleRate, vqVae.shape().sampleRate(), "vqVae.shape.sampleRate");
        same("codes", codes, vqVae.shape().codes(), "vqVae.shape.codes");
        ShapeCheck.check(shapeOf(vqVae, levels));
        for (int i = 0; i < levels.size(); i++) {
            String at = "levels[" + i + "].";
            check(at, levels.get(i), vqVae.shape().hop(i));
            checkWindowHop(at, levels.get(i), shapeOf(vqVae, levels).conditionFactor(i));
        }
    }

    /**
     * The card of a model whose files are known; everything that follows from the shapes is filled in, and
     * temperatures are the original's.
     *
     * @param hopFractions per level, the finest first
     * @param vqVaeWeights weights of the VQ-VAE
     * @param weights weights of the priors per level
     * @param labels tables per level, null for an unlabelled prior
     * @throws InvalidModelException if the parts contradict each other
     */
    public static ModelCard of(
            String name,
            String description,
            String licence,
            ModelShape shape,
            List<Double> hopFractions,
            ModelFile vqVaeWeights,
            List<ModelFile> weights,
            List<LabelFiles> labels) {
        List<LevelCard> levels = new ArrayList<>();
        for (PriorShape prior : shape.priors()) {
            int level = prior.level();
            levels.add(new LevelCard(
                    shape.vqVae().hop(level),
                    prior.context(),
                    hopFractions.get(level),
                    TEMPERATURE,
                    prior,
                    weights.get(level),
                    labels.get(level)));
        }
        return new ModelCard(
                FORMAT,
                name,
                description,
                licence,
                shape.vqVae().sampleRate(),
                shape.vqVae().codes(),
                new VqVae(shape.vqVae(), vqVaeWeights),
                levels);
    }

    /**
     * The same model, drawn with other temperatures where a request says nothing.
     *
     * @param temperatures per level, the finest first
     */
    public ModelCard at(List<Double> temperatures) {
        List<LevelCard> others = new ArrayList<>();
        for (int level = 0; level < levels.size(); level++) {
            others.add(levels.get(level).at(temperatures.get(level)));
        }
        return new ModelCard(format, name, description, licence, sampleRate, codes, vqVae, others);
    }

    /**
     * Reads a card.
     *
     * @throws InvalidModelException if it is no card or contradicts itself
     * @throws IOException if the file cannot be read
     */
    public static ModelCard read(Path file) throws IOException {
        return ModelCardJson.read(file);
    }

    /**
     * Reads a card from JSON text.
     *
     * @throws InvalidModelException if it is no card or contradicts itself
     */
    public static ModelCard parse(String json) {
        return ModelCardJson.parse(json);
    }

    /**
     * Writes the card, replacing what was there in one step.
     *
     * @throws IOException if the file cannot be written
     */
    public void write(Path file) throws IOException {
        ModelCardJson.write(this, file);
    }

    /** The card as JSON text; the same card always gives the same text. */
    public String toJson() {
        return ModelCardJson.toJson(this);
    }

    /**
     * What identifies the model: the SHA-256 digest of the card, 64 hexadecimal digits. The card holds the digests of
     * all files, so that the same digest means the same codes.
     */
    public String digest() {
        return ModelCardJson.digest(this);
    }

    /** The shapes of all parts. */
    public ModelShape shape() {
        return shapeOf(vqVae, levels);
    }

    /** Every file of the model, each once, in the order of the card. */
    public List<ModelFile> files() {
        Set<ModelFile> files = new LinkedHashSet<>();
        files.add(vqVae.weights());
        for (LevelCard level : levels) {
            files.add(level.weights());
            if (level.labels() != null) {
                files.add(level.labels().artists());
                files.add(level.labels().genres());
            }
        }
        return List.copyOf(files);
    }

    /** The levels as the window schedule sees them, the finest first. */
    public List<Level> schedule() {
        return shape().levels(levels.stream().map(LevelCard::hopFraction).toList());
    }

    private static ModelShape shapeOf(VqVae vqVae, List<LevelCard> levels) {
        return new ModelShape(
                vqVae.shape(), levels.stream().map(LevelCard::prior).toList());
    }

    private static void check(String at, LevelCard level, int hop) {
        same(at + "hop", level.hop(), hop, "the downs and strides of the VQ-VAE make it");
        same(at + "context", level.context(), level.prior().context(), "prior.context");
        require(
                level.hopFraction() > 0
                        && level.hopFraction() <= 1
                        && (int) (level.hopFraction() * level.context()) >= 1,
                at + "hopFraction",
                level.hopFraction(),
                "must be at most 1 and at least one code of the window",
                "use 0.5 for upsamplers and 0.125 for the top level");
        require(
                level.temperature() >= SMALLEST_TEMPERATURE && level.temperature() <= LARGEST_TEMPERATURE,
                at + "temperature",
                level.temperature(),
                "must be from " + SMALLEST_TEMPERATURE + " to " + LARGEST_TEMPERATURE,
                "use " + TEMPERATURE + ", or less for safer codes");
        level.weights().check(at + "weights");
        same(at + "labels present", level.labels() != null, level.prior().labels() != null, "prior.labels is");
        if (level.labels() != null) {
            present(at + "labels.artists", level.labels().artists());
            present(at + "labels.genres", level.labels().genres());
            level.labels().artists().check(at + "labels.artists");
            level.labels().genres().check(at + "labels.genres");
        }
    }

    /** A window begins where a code of the level above does. */
    private static void checkWindowHop(String at, LevelCard level, int factor) {
        require(
                factor == 0 || (int) (level.hopFraction() * level.context()) % factor == 0,
                at + "hopFraction",
                level.hopFraction(),
                "must make windows begin at multiples of the " + factor + " codes per code of the level above",
                "use 0.5 for upsamplers");
    }

    private static void present(String field, Object value) {
        require(value != null, field, null, "every card must have it", "add it");
    }
}
