package dev.segue.contracts.model;

/**
 * Everything that determines what a prior computes, apart from its weights (specification §3 to §7).
 *
 * @param level the level whose codes it writes, 0 the finest
 * @param context music codes in one window, n_ctx
 * @param codes distinct music codes, l_bins
 * @param decoder the stack that writes the codes
 * @param mergedDecoder whether the output matrix is its own and the condition is not added again after the stack
 * @param labels artist and genre; null for an unlabelled prior
 * @param timing the place in the song; null for upsamplers and unlabelled priors
 * @param lyrics null for a prior that hears none
 * @param conditioner codes of the level above; null for a top-level prior
 * @param halfLinears whether the published file keeps the linear weights of the stacks as float16, fp16_params
 * @param sampleRate the rate that timing is counted at, in Hz
 */
public record PriorShape(
        int level,
        int context,
        int codes,
        TransformerShape decoder,
        boolean mergedDecoder,
        LabelShape labels,
        TimingShape timing,
        LyricShape lyrics,
        ConditionerShape conditioner,
        boolean halfLinears,
        int sampleRate) {

    /** Lyric tokens that stand in the music stream, before the codes; 0 unless it is a single stream. */
    public int prefixTokens() {
        return lyrics != null && lyrics.singleStream() ? lyrics.tokens() : 0;
    }

    /** Positions of the music stream: lyric prefix and codes. */
    public int streamLength() {
        return prefixTokens() + context;
    }

    /** Symbols of the music stream: lyric symbols come first where they share it. */
    public int streamVocabulary() {
        return (prefixTokens() > 0 ? lyrics.vocabulary() : 0) + codes;
    }

    /** What is added to a code to make it a symbol of the music stream. */
    public int codeShift() {
        return streamVocabulary() - codes;
    }

    /**
     * The beginning of the music stream: the lyric tokens at the end of {@code y} where they share it, then the codes,
     * shifted behind the lyric symbols.
     *
     * @param y label row of the window (specification §8.5); not looked at unless lyrics share the stream
     * @param codes from the beginning of the window
     */
    public long[] stream(long[] y, int[] codes) {
        int prefix = prefixTokens();
        long[] symbols = new long[prefix + codes.length];
        if (prefix > 0) {
            System.arraycopy(y, y.length - prefix, symbols, 0, prefix);
        }
        for (int i = 0; i < codes.length; i++) {
            symbols[prefix + i] = codes[i] + (long) codeShift();
        }
        return symbols;
    }

    /** Codes of the level above that cover a window; 0 for a top level. */
    public int codesAbove() {
        if (conditioner == null) {
            return 0;
        }
        int factor = 1;
        for (int i = 0; i < conditioner.downs(); i++) {
            factor *= conditioner.stride();
        }
        return context / factor;
    }

    /** Lyric tokens at the end of a label row y, n_tokens. */
    public int lyricTokens() {
        return lyrics == null ? 0 : lyrics.tokens();
    }
}
