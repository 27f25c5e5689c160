package dev.segue.worker.jukebox;

import dev.segue.contracts.model.VqVaeShape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names and shapes of a VQ-VAE's tensors in the order in which they are used and stored (specification §12.3). Weights
 * of convolutions are (out, in, kernel), of transposed ones (in, out, kernel).
 */
public final class VqVaeNames {
    private VqVaeNames() {}

    /** Tensors of encoder {@code level}. */
    public static Map<String, List<Long>> encoder(VqVaeShape shape, int level) {
        Map<String, List<Long>> names = new LinkedHashMap<>();
        long width = shape.width(level);
        for (int block = 0; block <= level; block++) {
            String prefix = "encoders." + level + ".level_blocks." + block + ".model.";
            long in = block == 0 ? 1 : shape.embeddingWidth();
            int downs = shape.downs().get(block);
            for (int i = 0; i < downs; i++) {
                convolution(
                        names,
                        prefix + i + ".0",
                        width,
                        i == 0 ? in : width,
                        2L * shape.strides().get(block));
                residualStack(names, prefix + i + ".1.model.", shape, level);
            }
            convolution(names, prefix + downs, shape.embeddingWidth(), width, 3);
        }
        return names;
    }

    /** Tensors of decoder {@code level}. */
    public static Map<String, List<Long>> decoder(VqVaeShape shape, int level) {
        Map<String, List<Long>> names = new LinkedHashMap<>();
        long width = shape.width(level);
        for (int block = 0; block <= level; block++) {
            String prefix = "decoders." + level + ".level_blocks." + block + ".model.";
            int downs = shape.downs().get(block);
            convolution(names, prefix + "0", width, shape.embeddingWidth(), 3);
            for (int i = 0; i < downs; i++) {
                String step = prefix + (i + 1);
                residualStack(names, step + ".0.model.", shape, level);
                long out = i == downs - 1 ? shape.embeddingWidth() : width;
                names.put(
                        step + ".1.weight",
                        List.of(width, out, 2L * shape.strides().get(block)));
                names.put(step + ".1.bias", List.of(out));
            }
        }
        convolution(names, "decoders." + level + ".out", 1, shape.embeddingWidth(), 3);
        return names;
    }

    /** The name of codebook {@code level}, whose shape is (codes, embedding width). */
    public static String codebook(int level) {
        return "bottleneck.level_blocks." + level + ".k";
    }

    private static void residualStack(Map<String, List<Long>> names, String prefix, VqVaeShape shape, int level) {
        long width = shape.width(level);
        long hidden = (long) (shape.convolutionRatio() * width);
        for (int j = 0; j < shape.depth(level); j++) {
            convolution(names, prefix + j + ".model.1", hidden, width, 3);
            convolution(names, prefix + j + ".model.3", width, hidden, 1);
        }
    }

    private static void convolution(Map<String, List<Long>> names, String name, long out, long in, long kernel) {
        names.put(name + ".weight", List.of(out, in, kernel));
        names.put(name + ".bias", List.of(out));
    }
}
