package dev.segue.contracts.model;

import java.util.List;

/**
 * Everything that determines what a VQ-VAE computes, apart from its weights (specification §2).
 *
 * @param sampleRate of its sound, in Hz
 * @param downs per block, how many times it halves (or divides by its stride) the time axis; the first block is the
 *     finest
 * @param strides per block, by how much each step divides; even
 * @param embeddingWidth channels of a codebook entry
 * @param codes entries of each level's codebook
 * @param width channels of the residual stacks before the multiplier
 * @param depth residual blocks per stack before the multiplier
 * @param multipliers per level, the factor on width and depth of that level's encoder and decoder
 * @param convolutionRatio hidden channels of a residual block as a multiple of its channels, m_conv
 * @param dilationGrowth factor by which the dilation grows from block to block
 * @param dilationCycle after how many blocks the dilation starts again at 1; null if never
 * @param reverseDecoderDilation whether decoder stacks begin with the largest dilation
 */
public record VqVaeShape(
        int sampleRate,
        List<Integer> downs,
        List<Integer> strides,
        int embeddingWidth,
        int codes,
        int width,
        int depth,
        List<Integer> multipliers,
        double convolutionRatio,
        int dilationGrowth,
        Integer dilationCycle,
        boolean reverseDecoderDilation) {

    public VqVaeShape {
        downs = List.copyOf(downs);
        strides = List.copyOf(strides);
        multipliers = List.copyOf(multipliers);
    }

    /** Number of levels. */
    public int levels() {
        return downs.size();
    }

    /** Raw samples per code of {@code level}. */
    public int hop(int level) {
        int hop = 1;
        for (int block = 0; block <= level; block++) {
            hop *= blockFactor(block);
        }
        return hop;
    }

    /** By how much block {@code block} divides the time axis. */
    public int blockFactor(int block) {
        int factor = 1;
        for (int i = 0; i < downs.get(block); i++) {
            factor *= strides.get(block);
        }
        return factor;
    }

    /** Channels of {@code level}'s residual stacks. */
    public int width(int level) {
        return width * multipliers.get(level);
    }

    /** Residual blocks in each of {@code level}'s stacks. */
    public int depth(int level) {
        return depth * multipliers.get(level);
    }
}
