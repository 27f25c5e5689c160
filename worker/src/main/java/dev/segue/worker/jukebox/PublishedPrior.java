package dev.segue.worker.jukebox;

import dev.segue.contracts.model.ConditionerShape;
import dev.segue.contracts.model.LabelShape;
import dev.segue.contracts.model.LyricShape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.TimingShape;
import dev.segue.contracts.model.TransformerShape;
import dev.segue.contracts.model.VqVaeShape;

/**
 * A published prior before it is known whose codes it writes; components as in {@link PriorShape}.
 *
 * @param home the VQ-VAE it was published with
 * @param level the level it was published for
 * @param conditioning how it hears the level above; null for a top-level prior
 * @param merged whether its decoder is merged and its linear weights are halved, which published priors are together
 */
record PublishedPrior(
        VqVaeShape home,
        int level,
        int context,
        TransformerShape decoder,
        LabelShape labels,
        TimingShape timing,
        LyricShape lyrics,
        Conditioning conditioning,
        boolean merged) {

    /** An upsampler; it hears neither timing nor lyrics. */
    static PublishedPrior upsampler(
            VqVaeShape home, int level, TransformerShape decoder, LabelShape labels, Conditioning conditioning) {
        return new PublishedPrior(home, level, 8192, decoder, labels, null, null, conditioning, false);
    }

    /** A top-level prior. */
    static PublishedPrior top(
            VqVaeShape home,
            int context,
            TransformerShape decoder,
            LabelShape labels,
            TimingShape timing,
            LyricShape lyrics) {
        return new PublishedPrior(home, home.levels() - 1, context, decoder, labels, timing, lyrics, null, false);
    }

    PublishedPrior asMerged() {
        return new PublishedPrior(home, level, context, decoder, labels, timing, lyrics, conditioning, true);
    }

    PriorShape atHome() {
        return on(home, level);
    }

    PriorShape on(VqVaeShape vqVae, int onLevel) {
        return new PriorShape(
                onLevel,
                context,
                vqVae.codes(),
                decoder,
                merged,
                labels,
                timing,
                lyrics,
                conditioning == null ? null : conditioning.from(vqVae, onLevel + 1),
                merged,
                vqVae.sampleRate());
    }

    /**
     * How a published upsampler hears the level above.
     *
     * @param width channels
     * @param residualScaling whether residual branches are scaled
     */
    record Conditioning(int width, boolean residualScaling) {
        private static final int DEPTH = 16;
        private static final int DILATION_GROWTH = 3;
        private static final int DILATION_CYCLE = 8;

        private ConditionerShape from(VqVaeShape vqVae, int above) {
            if (above >= vqVae.levels()) {
                throw new IllegalArgumentException("level is " + (above - 1) + " but an upsampler of a VQ-VAE with "
                        + vqVae.levels() + " levels writes level " + (vqVae.levels() - 2)
                        + " or lower; choose one of those or a top-level prior");
            }
            return new ConditionerShape(
                    vqVae.downs().get(above),
                    vqVae.strides().get(above),
                    width,
                    DEPTH,
                    1,
                    DILATION_GROWTH,
                    DILATION_CYCLE,
                    residualScaling,
                    true);
        }
    }
}
