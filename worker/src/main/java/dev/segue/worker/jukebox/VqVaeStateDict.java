package dev.segue.worker.jukebox;

import dev.segue.contracts.model.VqVaeShape;
import java.util.Map;

/** The state dict of a VQ-VAE, in parts that are used together (specification §12.3). */
final class VqVaeStateDict {
    private final VqVaeShape shape;
    private final StateDictEntries entries = new StateDictEntries();

    private VqVaeStateDict(VqVaeShape shape) {
        this.shape = shape;
    }

    /** Encoders of all levels, then decoders, then codebooks. */
    static Map<String, StateDict.Entry> of(VqVaeShape shape) {
        VqVaeStateDict dict = new VqVaeStateDict(shape);
        for (int level = 0; level < shape.levels(); level++) {
            dict.encoder(level);
        }
        for (int level = 0; level < shape.levels(); level++) {
            dict.decoder(level);
        }
        for (int level = 0; level < shape.levels(); level++) {
            dict.codebook(level);
        }
        return dict.entries.toMap();
    }

    static Map<String, StateDict.Entry> encoder(VqVaeShape shape, int level) {
        VqVaeStateDict dict = new VqVaeStateDict(shape);
        dict.encoder(level);
        return dict.entries.toMap();
    }

    static Map<String, StateDict.Entry> decoder(VqVaeShape shape, int level) {
        VqVaeStateDict dict = new VqVaeStateDict(shape);
        dict.decoder(level);
        return dict.entries.toMap();
    }

    static Map<String, StateDict.Entry> codebook(VqVaeShape shape, int level) {
        VqVaeStateDict dict = new VqVaeStateDict(shape);
        dict.codebook(level);
        return dict.entries.toMap();
    }

    private void encoder(int level) {
        int width = shape.width(level);
        for (int block = 0; block <= level; block++) {
            String name = "encoders." + level + ".level_blocks." + block + ".model.";
            int downs = shape.downs().get(block);
            int blockInput = block == 0 ? 1 : shape.embeddingWidth();
            for (int i = 0; i < downs; i++) {
                entries.down(
                        name + i + ".0",
                        i == 0 ? blockInput : width,
                        width,
                        shape.strides().get(block));
                entries.residualStack(name + i + ".1.model", shape.depth(level), width, shape.convolutionRatio());
            }
            entries.convolution(name + downs, width, shape.embeddingWidth(), 3);
        }
    }

    private void decoder(int level) {
        int width = shape.width(level);
        for (int block = 0; block <= level; block++) {
            String name = "decoders." + level + ".level_blocks." + block + ".model.";
            int downs = shape.downs().get(block);
            entries.convolution(name + 0, shape.embeddingWidth(), width, 3);
            for (int i = 1; i <= downs; i++) {
                entries.residualStack(name + i + ".0.model", shape.depth(level), width, shape.convolutionRatio());
                entries.up(
                        name + i + ".1",
                        width,
                        i == downs ? shape.embeddingWidth() : width,
                        shape.strides().get(block));
            }
        }
        entries.convolution("decoders." + level + ".out", shape.embeddingWidth(), 1, 3);
    }

    private void codebook(int level) {
        entries.tensor("bottleneck.level_blocks." + level + ".k", shape.codes(), shape.embeddingWidth());
    }
}
