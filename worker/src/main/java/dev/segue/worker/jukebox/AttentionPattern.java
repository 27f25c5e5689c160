package dev.segue.worker.jukebox;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Which keys a position may attend to (specification §4.2). L is the length of the stream, {@code bc = L / blocks} the
 * length of a block, i the position of the query and {@code B = ⌊i/bc⌋} its block.
 */
public enum AttentionPattern {
    /** Every position up to its own: {@code j ≤ i}. */
    DENSE(0),
    /** The positions of its own block up to its own: {@code B·bc ≤ j ≤ i}. */
    OWN_BLOCK(1),
    /** The same place in its own and every earlier block: {@code j ≤ i} and {@code j ≡ i (mod bc)}. */
    COLUMN(2),
    /** The whole block before its own; in the first block the result is exactly zero. */
    PREVIOUS_BLOCK(3),
    /** The last position of every earlier block, and one zero key; in no released model. */
    BLOCK_SUMMARIES(4),
    /** The last few positions of every block; cannot be sampled, in no released model. */
    SPREAD(5),
    /** Every position of the lyric encoder's output. */
    CROSS(6),
    /** Every position up to its own within the lyric prefix, the prefix rounded up to the block count. */
    LYRIC_PREFIX(7);

    private static final int[] ROW_COLUMN_PREVIOUS = {1, 2, 3};
    private static final int[] CROSS_AFTER_NINE = {1, 2, 3, 1, 2, 3, 1, 2, 3, 6};
    private static final int ORDER_10_PERIOD = 79;
    private static final int ORDER_10_LEAD = 9;
    private static final int LYRIC_LAYER_PERIOD = 16;
    private static final int ORDERS = 13;

    private final int function;

    AttentionPattern(int function) {
        this.function = function;
    }

    /** The number that a published configuration writes for this pattern, attn_func. */
    public int function() {
        return function;
    }

    /** Whether layers of this pattern read the lyric encoder instead of their own stream. */
    public boolean readsLyricEncoder() {
        return this == CROSS;
    }

    /**
     * Whether its codes may attend to any lyric token.
     *
     * @param prefix whether lyrics are a prefix of the stream rather than the output of an encoder
     */
    boolean seesLyrics(boolean prefix) {
        return prefix ? this == LYRIC_PREFIX || this == DENSE : this == CROSS;
    }

    /**
     * The pattern that attn_func {@code function} stands for, 0 to 7.
     *
     * @throws IllegalArgumentException if it stands for none
     */
    public static AttentionPattern ofFunction(int function) {
        for (AttentionPattern pattern : values()) {
            if (pattern.function == function) {
                return pattern;
            }
        }
        throw new IllegalArgumentException(
                "attn_func is " + function + " but must be from 0 to " + LYRIC_PREFIX.function);
    }

    /**
     * The pattern of every layer of a stack (specification §4.3).
     *
     * @param order attn_order, 0 to 12
     * @param depth number of layers
     * @throws IllegalArgumentException if there is no such order
     */
    public static List<AttentionPattern> ofOrder(int order, int depth) {
        if (order < 0 || order >= ORDERS) {
            throw new IllegalArgumentException(
                    "attn_order is " + order + " but must be from 0 to " + (ORDERS - 1) + "; §4.3 lists them");
        }
        return IntStream.range(0, depth)
                .mapToObj(layer -> ofFunction(function(order, layer)))
                .toList();
    }

    private static int function(int order, int layer) {
        return switch (order) {
            case 0 -> 0;
            case 1 -> cycle(layer, 1, 2);
            case 2 -> cycle(layer, ROW_COLUMN_PREVIOUS);
            case 3 -> cycle(layer, 1, 4);
            case 4 -> cycle(layer, 1, 5);
            case 5 -> cycle(layer, 1, 4, 1, 1);
            case 6 -> cycle(layer, 1, 2, 3, 6);
            case 7 -> cycle(layer, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 6);
            case 8 -> cycle(layer, CROSS_AFTER_NINE);
            case 9 -> cycle(layer, 1, 2, 3, 0);
            case 10 -> nineThenCross(layer % ORDER_10_PERIOD);
            case 11 -> everySixteenth(layer, 6, 6, 0);
            case 12 -> everySixteenth(layer, 7, 7, 0);
            default -> throw new AssertionError(order);
        };
    }

    private static int nineThenCross(int layer) {
        return layer < ORDER_10_LEAD
                ? cycle(layer, ROW_COLUMN_PREVIOUS)
                : cycle(layer - ORDER_10_LEAD, CROSS_AFTER_NINE);
    }

    private static int everySixteenth(int layer, int... lyricFunctions) {
        return layer % LYRIC_LAYER_PERIOD == LYRIC_LAYER_PERIOD - 1
                ? cycle(layer, lyricFunctions)
                : cycle(layer, ROW_COLUMN_PREVIOUS);
    }

    private static int cycle(int layer, int... functions) {
        return functions[layer % functions.length];
    }
}
