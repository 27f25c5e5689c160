package dev.segue.contracts.model;

import static dev.segue.contracts.model.ShapeCheck.atLeast;
import static dev.segue.contracts.model.ShapeCheck.require;
import static dev.segue.contracts.model.ShapeCheck.same;

import java.util.Set;

/** Whether one prior of a model can be computed with and fits the VQ-VAE and the level above it. */
final class PriorCheck {
    /** Orders that have cross-attention layers (specification §4.3). */
    private static final Set<Integer> CROSS_ORDERS = Set.of(6, 7, 8, 10, 11);

    private static final int PREFIX_ORDER = 12;

    private final ModelShape model;
    private final int level;
    private final PriorShape prior;
    private final String at;

    PriorCheck(ModelShape model, int level) {
        this.model = model;
        this.level = level;
        this.prior = model.priors().get(level);
        this.at = "levels[" + level + "].prior.";
    }

    void check() {
        same(at + "level", prior.level(), level, "its place in the list");
        atLeast(1, at + "context", prior.context());
        atLeast(1, at + "sampleRate", prior.sampleRate());
        same(at + "codes", prior.codes(), model.vqVae().codes(), "vqVae.codes");
        if (prior.labels() != null) {
            labels();
        }
        if (prior.timing() != null) {
            timing();
        }
        if (prior.lyrics() != null) {
            lyrics();
        }
        ShapeCheck.transformer(at + "decoder.", prior.decoder(), prior.streamLength());
        condition();
    }

    private void labels() {
        atLeast(1, at + "labels.genres", prior.labels().genres());
        atLeast(1, at + "labels.artists", prior.labels().artists());
        atLeast(1, at + "labels.maxGenreWords", prior.labels().maxGenreWords());
    }

    private void timing() {
        TimingShape timing = prior.timing();
        atLeast(1, at + "timing.bins", timing.bins());
        require(
                timing.minSeconds() >= 0 && timing.minSeconds() < timing.maxSeconds(),
                at + "timing.minSeconds",
                timing.minSeconds(),
                "must be at least 0 and less than maxSeconds " + timing.maxSeconds(),
                "use the range the prior was trained with");
        double window = (double) prior.context() * model.vqVae().hop(level) / prior.sampleRate();
        require(
                window <= timing.maxSeconds(),
                at + "timing.maxSeconds",
                timing.maxSeconds(),
                "must be at least one window of " + window + " s",
                "raise it or shorten the context");
    }

    private void lyrics() {
        LyricShape lyrics = prior.lyrics();
        atLeast(2, at + "lyrics.tokens", lyrics.tokens());
        require(
                lyrics.tokens() % 2 == 0,
                at + "lyrics.tokens",
                lyrics.tokens(),
                "must be even, since a lyric window is centred",
                "use the token count the prior was trained with");
        require(
                prior.labels() != null,
                at + "labels",
                null,
                "a prior that hears lyrics must be labelled",
                "add labels or remove lyrics");
        int symbols = prior.labels().version() == LabelVersion.V2 ? 80 : 79;
        require(
                lyrics.vocabulary() >= symbols,
                at + "lyrics.vocabulary",
                lyrics.vocabulary(),
                "must be at least the " + symbols + " symbols of label version "
                        + prior.labels().version(),
                "correct the vocabulary or the label version");
        if (!lyrics.singleStream()) {
            ShapeCheck.transformer(at + "lyrics.encoder.", lyrics.encoder(), lyrics.tokens());
        }
        if (lyrics.alignmentLayer() != null || lyrics.alignmentHead() != null) {
            within(
                    at + "lyrics.alignmentLayer",
                    lyrics.alignmentLayer(),
                    prior.decoder().depth());
            within(
                    at + "lyrics.alignmentHead",
                    lyrics.alignmentHead(),
                    prior.decoder().heads());
        }
    }

    private void condition() {
        int order = prior.decoder().attentionOrder();
        boolean readsEncoder = CROSS_ORDERS.contains(order);
        boolean hasEncoder = prior.lyrics() != null && !prior.lyrics().singleStream();
        require(
                readsEncoder == hasEncoder,
                at + "decoder.attentionOrder",
                order,
                hasEncoder
                        ? "a prior with a lyric encoder needs an order with cross-attention (6, 7, 8, 10 or 11)"
                        : "an order with cross-attention needs a lyric encoder",
                "correct the order or lyrics.encoder");
        require(
                order != PREFIX_ORDER || prior.prefixTokens() > 0,
                at + "decoder.attentionOrder",
                order,
                "lyric-prefix attention needs lyrics in the music stream",
                "correct the order or add lyrics without an encoder");
        if (level == model.topLevel()) {
            require(
                    prior.conditioner() == null,
                    at + "conditioner",
                    "present",
                    "a top-level prior has no level above it to hear",
                    "remove it or add the level above");
        } else {
            upsampler();
        }
    }

    private void upsampler() {
        ConditionerShape conditioner = prior.conditioner();
        require(
                conditioner != null,
                at + "conditioner",
                null,
                "an upsampler must hear the codes of level " + (level + 1),
                "add the conditioner or remove the levels above");
        same(
                at + "conditioner.downs",
                conditioner.downs(),
                model.vqVae().downs().get(level + 1),
                "vqVae.downs");
        same(
                at + "conditioner.stride",
                conditioner.stride(),
                model.vqVae().strides().get(level + 1),
                "vqVae.strides");
        atLeast(1, at + "conditioner.width", conditioner.width());
        atLeast(1, at + "conditioner.depth", conditioner.depth());
        ShapeCheck.residual(
                at + "conditioner.",
                conditioner.width(),
                conditioner.convolutionRatio(),
                conditioner.dilationGrowth(),
                conditioner.dilationCycle());
        int factor = model.conditionFactor(level);
        require(
                prior.context() % factor == 0,
                at + "context",
                prior.context(),
                "must be a multiple of the " + factor + " codes per code of the level above",
                "use the context the prior was trained with");
    }

    private static void within(String field, Integer value, int size) {
        require(
                value != null && value >= 0 && value < size,
                field,
                value,
                "must be from 0 to " + (size - 1),
                "name both a layer and a head that exist, or neither");
    }
}
