package dev.segue.orchestrator.plan;

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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Cards of models, whose files nobody looks at. */
public final class Cards {
    private static final ModelFile FILE = new ModelFile("file", "0123456789abcdef".repeat(4), 1);
    private static final LabelShape LABELS = new LabelShape(LabelVersion.V3, 604, 7898, 1);

    private Cards() {}

    /** Sizes of 1b_lyrics and the released VQ-VAE: hops 8, 32 and 128 at 44.1 kHz. */
    public static ModelCard published() {
        return card(
                "1b-lyrics",
                new VqVaeShape(
                        44_100,
                        List.of(3, 2, 2),
                        List.of(2, 2, 2),
                        64,
                        2048,
                        32,
                        4,
                        List.of(2, 1, 1),
                        1,
                        3,
                        null,
                        true),
                List.of(8192, 8192, 6144),
                List.of(0.5, 0.5, 0.125),
                new TimingShape(64, 17.84, 600));
    }

    /**
     * Three levels with hops 2, 4 and 8 at 800 Hz, so that a code of the top level lasts 10 ms, and a decoder that sees
     * little.
     */
    public static ModelCard small(List<Integer> contexts, List<Double> hopFractions) {
        return card("small", smallVqVae(3), contexts, hopFractions, new TimingShape(8, 0.1, 60));
    }

    /** A small model with windows of 16 codes at every level. */
    public static ModelCard small() {
        return small(List.of(16, 16, 16), List.of(0.5, 0.5, 0.25));
    }

    /** One level, which nothing conditions, and no labels. */
    public static ModelCard single() {
        return card("single", smallVqVae(1), List.of(16), List.of(0.25), null);
    }

    private static VqVaeShape smallVqVae(int levels) {
        return new VqVaeShape(
                800,
                Collections.nCopies(levels, 1),
                Collections.nCopies(levels, 2),
                4,
                32,
                8,
                1,
                Collections.nCopies(levels, 1),
                1,
                3,
                null,
                true);
    }

    private static ModelCard card(
            String name, VqVaeShape vqVae, List<Integer> contexts, List<Double> hopFractions, TimingShape timing) {
        List<PriorShape> priors = new ArrayList<>();
        int top = contexts.size() - 1;
        for (int level = 0; level <= top; level++) {
            boolean isTop = level == top;
            priors.add(new PriorShape(
                    level,
                    contexts.get(level),
                    vqVae.codes(),
                    new TransformerShape(16, 1, 1, 0, 1, 0.25, 1, 1),
                    false,
                    timing == null ? null : LABELS,
                    isTop ? timing : null,
                    isTop && timing != null ? new LyricShape(384, 79, 0.4, null, 0, 0) : null,
                    isTop ? null : conditioner(vqVae, level + 1),
                    false,
                    vqVae.sampleRate()));
        }
        return ModelCard.of(
                name,
                "A model for tests.",
                "none",
                new ModelShape(vqVae, priors),
                hopFractions,
                FILE,
                Collections.nCopies(contexts.size(), FILE),
                Collections.nCopies(contexts.size(), timing == null ? null : new ModelCard.LabelFiles(FILE, FILE)));
    }

    private static ConditionerShape conditioner(VqVaeShape vqVae, int above) {
        return new ConditionerShape(
                vqVae.downs().get(above), vqVae.strides().get(above), 8, 1, 1, 3, null, false, true);
    }
}
