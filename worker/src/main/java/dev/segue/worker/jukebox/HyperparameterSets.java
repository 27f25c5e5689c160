package dev.segue.worker.jukebox;

import dev.segue.contracts.model.LabelShape;
import dev.segue.contracts.model.LabelVersion;
import dev.segue.contracts.model.LyricShape;
import dev.segue.contracts.model.ModelShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TimingShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.jukebox.PublishedPrior.Conditioning;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The published hyperparameters, by the names their authors gave them (specification §7): whole models, VQ-VAEs, and
 * priors, which stand on the VQ-VAE that was published with them unless another is given.
 */
public final class HyperparameterSets {
    private static final LabelShape V2 = new LabelShape(LabelVersion.V2, 120, 4111, 5);
    private static final LabelShape V3 = new LabelShape(LabelVersion.V3, 604, 7898, 1);
    /** Table sizes are placeholders of the original, which a user sets to those of his own tables. */
    private static final LabelShape SMALL_V3 = new LabelShape(LabelVersion.V3, 10, 100, 1);
    /** The small prior and upsampler are meant to be run without labels. */
    private static final LabelShape UNLABELLED = null;

    private static final VqVaeShape RELEASED = new VqVaeShape(
            44_100, List.of(3, 2, 2), List.of(2, 2, 2), 64, 2048, 32, 4, List.of(2, 1, 1), 1, 3, null, true);
    private static final VqVaeShape SMALL =
            new VqVaeShape(22_050, List.of(5, 3), List.of(2, 2), 64, 1024, 32, 4, List.of(1, 1), 1, 3, null, true);

    private static final TransformerShape UPSAMPLER_STACK = stack(1920, 72, 1, 2, 128, 0.4);
    private static final TransformerShape SMALL_STACK = stack(1024, 48, 1, 2, 64, 0.7);
    private static final TimingShape SMALL_TIMING = new TimingShape(64, 60, 600);

    private static final Map<String, VqVaeShape> VQ_VAES = sorted(Map.of("vqvae", RELEASED, "small_vqvae", SMALL));
    private static final Map<String, PublishedPrior> PRIORS = sorted(Map.of(
            "upsampler_level_0",
            PublishedPrior.upsampler(RELEASED, 0, UPSAMPLER_STACK, V2, new Conditioning(1024, false)),
            "upsampler_level_1",
            PublishedPrior.upsampler(RELEASED, 1, UPSAMPLER_STACK, V2, new Conditioning(1024, true)),
            "5b",
            PublishedPrior.top(RELEASED, 8192, stack(4800, 72, 8, 2, 128, 0.1), V2, new TimingShape(128, 60, 600), null)
                    .asMerged(),
            "5b_lyrics",
            PublishedPrior.top(
                            RELEASED,
                            8192,
                            stack(4800, 79, 8, 10, 128, 0.1),
                            V2,
                            new TimingShape(128, 23.8, 600),
                            new LyricShape(512, 80, 0.4, stack(1280, 18, 4, 2, 32, 0.7), 68, 2))
                    .asMerged(),
            "1b_lyrics",
            PublishedPrior.top(
                    RELEASED,
                    6144,
                    stack(2048, 72, 2, 12, 64, 0.2),
                    V3,
                    new TimingShape(64, 17.84, 600),
                    new LyricShape(384, 79, 0.4, null, 63, 0)),
            "small_prior",
            PublishedPrior.top(SMALL, 8192, SMALL_STACK, UNLABELLED, null, null),
            "small_upsampler",
            PublishedPrior.upsampler(SMALL, 0, SMALL_STACK, UNLABELLED, new Conditioning(512, false)),
            "small_labelled_prior",
            PublishedPrior.top(RELEASED, 8192, SMALL_STACK, SMALL_V3, SMALL_TIMING, null),
            "small_single_enc_dec_prior",
            PublishedPrior.top(
                    RELEASED,
                    6144,
                    stack(1024, 48, 2, 12, 64, 0.7),
                    SMALL_V3,
                    SMALL_TIMING,
                    new LyricShape(384, 79, 0.4, null, null, null)),
            "small_sep_enc_dec_prior",
            PublishedPrior.top(
                    RELEASED,
                    6144,
                    stack(1024, 50, 2, 8, 64, 0.7),
                    SMALL_V3,
                    SMALL_TIMING,
                    new LyricShape(384, 79, 0.4, stack(256, 9, 2, 2, 32, 0.7), null, null))));
    private static final List<String> MODELS = List.of("1b_lyrics", "5b", "5b_lyrics");
    private static final List<Double> HOP_FRACTIONS = List.of(0.5, 0.5, 0.125);

    private HyperparameterSets() {}

    /** Names of published VQ-VAEs. */
    public static List<String> vqVaes() {
        return List.copyOf(VQ_VAES.keySet());
    }

    /** Names of published priors. */
    public static List<String> priors() {
        return List.copyOf(PRIORS.keySet());
    }

    /** Names of published models. */
    public static List<String> models() {
        return MODELS;
    }

    /**
     * The VQ-VAE called {@code name}.
     *
     * @throws IllegalArgumentException if nothing of that name was published
     */
    public static VqVaeShape vqVae(String name) {
        return known(VQ_VAES, name, "VQ-VAE");
    }

    /**
     * The prior called {@code name} (or {@code prior_name}), on the VQ-VAE that was published with it.
     *
     * @throws IllegalArgumentException if nothing of that name was published
     */
    public static PriorShape prior(String name) {
        return published(name).atHome();
    }

    /**
     * The prior called {@code name}, writing the codes of level {@code level} of {@code vqVae}.
     *
     * @throws IllegalArgumentException if nothing of that name was published
     */
    public static PriorShape prior(String name, VqVaeShape vqVae, int level) {
        return published(name).on(vqVae, level);
    }

    /**
     * A whole published model: the released VQ-VAE, both upsamplers and the top-level prior of that name.
     *
     * @throws IllegalArgumentException if nothing of that name was published
     */
    public static ModelShape model(String name) {
        if (!MODELS.contains(name)) {
            throw unknown("model", name, MODELS);
        }
        return new ModelShape(RELEASED, List.of(prior("upsampler_level_0"), prior("upsampler_level_1"), prior(name)));
    }

    /** The window hops that the authors recommend, as shares of a window, the finest level first. */
    public static List<Double> hopFractions() {
        return HOP_FRACTIONS;
    }

    private static PublishedPrior published(String name) {
        // Configurations say prior_5b where people say 5b.
        return known(PRIORS, name.startsWith("prior_") ? name.substring("prior_".length()) : name, "prior");
    }

    private static <T> T known(Map<String, T> all, String name, String kind) {
        T found = all.get(name);
        if (found == null) {
            throw unknown(kind, name, all.keySet());
        }
        return found;
    }

    private static IllegalArgumentException unknown(String kind, String name, Iterable<String> known) {
        return new IllegalArgumentException(kind + " is \"" + name + "\", but only these are known: "
                + String.join(", ", known) + "; name one of them or give a model card");
    }

    /** In a fixed order, so that messages and listings do not change from run to run. */
    private static <T> Map<String, T> sorted(Map<String, T> all) {
        return Collections.unmodifiableMap(new TreeMap<>(all));
    }

    private static TransformerShape stack(int width, int depth, int heads, int order, int blocks, double initScale) {
        return new TransformerShape(width, depth, heads, order, blocks, 0.25, 1, initScale);
    }
}
