package dev.segue.worker.jukebox;

import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.model.VqVaeShape;
import java.util.List;
import java.util.Map;

/**
 * The names and shapes of a published model's tensors, in the order of its state dict (specification §12.3). It is what
 * an import must find, no more and no less, and what a model asks its weights for.
 */
public final class StateDict {
    private StateDict() {}

    /**
     * One tensor of a state dict.
     *
     * @param shape lengths of its axes; Conv1D weights are (in, out), convolutions (out, in, kernel), transposed
     *     convolutions (in, out, kernel)
     * @param linear whether it is a Conv1D weight {@code w}: these, and only these, are float16 in the file of a prior
     *     with {@link PriorShape#halfLinears()}; everything else is float32
     */
    public record Entry(List<Long> shape, boolean linear) {
        public Entry {
            shape = List.copyOf(shape);
        }

        /** Number of elements. */
        public long elements() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }

        /** Bytes of one element in the file of a prior whose linear weights are halved or not. */
        public int elementBytes(boolean halfLinears) {
            return linear && halfLinears ? 2 : 4;
        }
    }

    /**
     * The tensors of a prior by name. {@code prior.x_out.weight} is always among them; unless the decoder is merged it
     * is the same tensor as {@code prior.x_emb.weight}.
     */
    public static Map<String, Entry> of(PriorShape shape) {
        return PriorStateDict.of(shape);
    }

    /** The tensors of a VQ-VAE by name: encoders, decoders, then one codebook per level. */
    public static Map<String, Entry> of(VqVaeShape shape) {
        return VqVaeStateDict.of(shape);
    }

    /** The tensors of one encoder of a VQ-VAE, in the order in which it uses them. */
    public static Map<String, Entry> encoder(VqVaeShape shape, int level) {
        return VqVaeStateDict.encoder(shape, level);
    }

    /** The tensors of one decoder of a VQ-VAE, in the order in which it uses them. */
    public static Map<String, Entry> decoder(VqVaeShape shape, int level) {
        return VqVaeStateDict.decoder(shape, level);
    }

    /** The one tensor of a level's codebook, [codes, embedding]. */
    public static Map<String, Entry> codebook(VqVaeShape shape, int level) {
        return VqVaeStateDict.codebook(shape, level);
    }
}
