package dev.segue.contracts.model;

/**
 * The shape of an upsampler's conditioner, which turns codes of the level above into one vector per code of its own
 * level (specification §5.2).
 *
 * @param downs how many times it multiplies the time axis; downs_t of the level above
 * @param stride by how much each time; strides_t of the level above
 * @param width channels of the residual stacks
 * @param depth residual blocks per stack
 * @param convolutionRatio hidden channels of a residual block as a multiple of {@code width}, m_conv
 * @param dilationGrowth factor by which the dilation grows from block to block
 * @param dilationCycle after how many blocks the dilation starts again at 1; null if never
 * @param residualScaling whether each residual branch is multiplied by 1/√depth
 * @param checkpointed whether state-dict names of residual blocks say {@code blocks} (true) or {@code model} (false);
 *     cond_c_res of §12.3, which has no effect on values
 */
public record ConditionerShape(
        int downs,
        int stride,
        int width,
        int depth,
        double convolutionRatio,
        int dilationGrowth,
        Integer dilationCycle,
        boolean residualScaling,
        boolean checkpointed) {}
