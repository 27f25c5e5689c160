package dev.segue.contracts.window;

/**
 * One level of codes as the window schedule sees it.
 *
 * @param number 0 is the finest (bottom); the highest one of a model is its top
 * @param hop raw samples per code
 * @param context codes in one window, n_ctx
 * @param windowHop codes from the start of one window to the next, {@code int(hop_fraction · n_ctx)}
 * @param conditionFactor codes of this level per code of the level above, which condition it; 0 for a top level, which
 *     nothing conditions
 */
public record Level(int number, int hop, int context, int windowHop, int conditionFactor) {

    public Level {
        requireAtLeast(0, "level", number);
        requireAtLeast(1, "hop", hop);
        requireAtLeast(1, "context", context);
        requireAtLeast(1, "windowHop", windowHop);
        requireAtLeast(0, "conditionFactor", conditionFactor);
        if (windowHop > context) {
            throw new IllegalArgumentException("windowHop is " + windowHop + " but must not exceed context " + context
                    + "; a larger one leaves codes that no window writes");
        }
    }

    /** The level with its window hop given as a share of the context, as configurations write it. */
    public static Level of(int number, int hop, int context, double hopFraction, int conditionFactor) {
        return new Level(number, hop, context, (int) (hopFraction * context), conditionFactor);
    }

    /** Whether codes of the level above condition it. */
    public boolean conditioned() {
        return conditionFactor > 0;
    }

    /** Codes of this level in {@code samples} raw samples, rounded down. */
    public int codes(long samples) {
        return Math.toIntExact(samples / hop);
    }

    /** Raw samples that one window spans. */
    public int windowSamples() {
        return Math.multiplyExact(context, hop);
    }

    private static void requireAtLeast(int least, String field, int value) {
        if (value < least) {
            throw new IllegalArgumentException(field + " is " + value + " but must be at least " + least);
        }
    }
}
