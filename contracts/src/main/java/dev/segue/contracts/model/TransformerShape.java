package dev.segue.contracts.model;

/**
 * The shape of one stack of transformer blocks (specification §4).
 *
 * @param width channels of the residual stream, W
 * @param depth number of blocks
 * @param heads attention heads; divides {@link #attentionWidth()}
 * @param attentionOrder which attention pattern each layer has, numbered as in §4.3
 * @param blocks into how many blocks the context is factored; divides the context. Ignored by orders that are dense
 *     throughout, where it is 1
 * @param attentionRatio width of queries, keys and values as a share of {@code width}, m_attn
 * @param mlpRatio hidden width of the MLP as a multiple of {@code width}, m_mlp
 * @param initScale factor on the standard deviation of freshly drawn weights
 */
public record TransformerShape(
        int width,
        int depth,
        int heads,
        int attentionOrder,
        int blocks,
        double attentionRatio,
        double mlpRatio,
        double initScale) {

    /** Width of queries, keys and values over all heads, n_state. */
    public int attentionWidth() {
        return (int) (attentionRatio * width);
    }

    /** Hidden width of the MLP. */
    public int mlpWidth() {
        return (int) (mlpRatio * width);
    }
}
