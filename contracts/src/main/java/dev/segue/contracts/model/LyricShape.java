package dev.segue.contracts.model;

/**
 * How a top-level prior hears lyrics (specification §5.3).
 *
 * @param tokens lyric characters a window sees, n_tokens; even
 * @param vocabulary rows of the lyric embedding: the symbols, and the padding id 0 where it has a row of its own
 * @param lossFraction weight of the lyric loss in training
 * @param encoder the separate lyric encoder whose output cross-attention layers read; null when lyrics are a prefix of
 *     the music stream
 * @param alignmentLayer the layer whose attention tells which character is sung when; null if none is known
 * @param alignmentHead the head of that layer; null if none is known
 */
public record LyricShape(
        int tokens,
        int vocabulary,
        double lossFraction,
        TransformerShape encoder,
        Integer alignmentLayer,
        Integer alignmentHead) {

    /** Whether lyrics and music share one stream and one vocabulary (single_enc_dec). */
    public boolean singleStream() {
        return encoder == null;
    }
}
