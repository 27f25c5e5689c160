package dev.segue.contracts.model;

import java.util.List;
import java.util.Objects;

/**
 * Whether the shapes of a model can be computed with at all, and whether its parts fit each other. Every fault is an
 * {@link InvalidModelException} that names the field by its path in the model card.
 */
final class ShapeCheck {
    private static final int LARGEST_ORDER = 12;
    private static final int SPREAD_ORDER = 4;
    /** Codes cross topics as unsigned 16-bit numbers. */
    private static final int MOST_CODES = 1 << 16;

    private ShapeCheck() {}

    static void check(ModelShape model) {
        check(model.vqVae());
        require(
                !model.priors().isEmpty()
                        && model.priors().size() == model.vqVae().levels(),
                "levels",
                model.priors().size() + " priors",
                "must be one for each of the " + model.vqVae().levels() + " levels of the VQ-VAE",
                "list every level from 0 up");
        for (int level = 0; level < model.priors().size(); level++) {
            new PriorCheck(model, level).check();
        }
    }

    static void check(VqVaeShape shape) {
        String at = "vqVae.";
        int levels = shape.levels();
        atLeast(1, at + "sampleRate", shape.sampleRate());
        atLeast(1, at + "downs.length", levels);
        sameLength(at + "strides", shape.strides(), levels);
        sameLength(at + "multipliers", shape.multipliers(), levels);
        for (int i = 0; i < levels; i++) {
            atLeast(1, at + "downs[" + i + "]", shape.downs().get(i));
            atLeast(1, at + "multipliers[" + i + "]", shape.multipliers().get(i));
            int stride = shape.strides().get(i);
            require(
                    stride >= 2 && stride % 2 == 0,
                    at + "strides[" + i + "]",
                    stride,
                    "must be even and at least 2, or lengths do not divide",
                    "use the stride the VQ-VAE was trained with");
        }
        atLeast(1, at + "embeddingWidth", shape.embeddingWidth());
        codes(at + "codes", shape.codes());
        atLeast(1, at + "width", shape.width());
        atLeast(1, at + "depth", shape.depth());
        residual(at, shape.width(), shape.convolutionRatio(), shape.dilationGrowth(), shape.dilationCycle());
    }

    static void residual(String at, int width, double ratio, int growth, Integer cycle) {
        require(
                (int) (ratio * width) >= 1,
                at + "convolutionRatio",
                ratio,
                "must leave at least one of the " + width + " channels",
                "raise it");
        atLeast(1, at + "dilationGrowth", growth);
        if (cycle != null) {
            atLeast(1, at + "dilationCycle", cycle);
        }
    }

    /** A stack over {@code length} positions. */
    static void transformer(String at, TransformerShape shape, int length) {
        atLeast(1, at + "width", shape.width());
        atLeast(1, at + "depth", shape.depth());
        atLeast(1, at + "heads", shape.heads());
        require(
                shape.attentionWidth() >= 1 && shape.attentionWidth() % shape.heads() == 0,
                at + "heads",
                shape.heads(),
                "must divide the attention width of " + shape.attentionWidth(),
                "correct heads, width or attentionRatio");
        require(
                shape.mlpWidth() >= 1,
                at + "mlpRatio",
                shape.mlpRatio(),
                "must leave a hidden width of at least 1",
                "raise it");
        require(
                shape.attentionOrder() >= 0
                        && shape.attentionOrder() <= LARGEST_ORDER
                        && shape.attentionOrder() != SPREAD_ORDER,
                at + "attentionOrder",
                shape.attentionOrder(),
                "must be from 0 to " + LARGEST_ORDER + " but not " + SPREAD_ORDER + ", which cannot be sampled",
                "use the order the prior was trained with");
        require(
                shape.blocks() >= 1 && length % shape.blocks() == 0,
                at + "blocks",
                shape.blocks(),
                "must divide the " + length + " positions of the stream",
                "correct blocks or the context");
    }

    static void codes(String field, int codes) {
        require(
                codes >= 1 && codes <= MOST_CODES,
                field,
                codes,
                "must be from 1 to " + MOST_CODES + ", since codes are stored in 16 bits",
                "use the codebook size the model was trained with");
    }

    static void atLeast(int least, String field, int value) {
        require(value >= least, field, value, "must be at least " + least, "raise it");
    }

    static void same(String field, Object value, Object other, String whose) {
        require(
                Objects.equals(value, other),
                field,
                value,
                "must be " + other + " as " + whose,
                "combine parts that were trained together");
    }

    static void require(boolean holds, String field, Object value, String limit, String fix) {
        if (!holds) {
            throw new InvalidModelException(field, value, limit, fix);
        }
    }

    private static void sameLength(String field, List<?> list, int length) {
        require(
                list.size() == length,
                field,
                list.size() + " entries",
                "must be one per level as vqVae.downs with " + length,
                "add or remove entries");
    }
}
