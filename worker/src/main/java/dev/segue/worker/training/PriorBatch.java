package dev.segue.worker.training;

import java.util.List;

/**
 * Whole windows that a prior learns from, item by item.
 *
 * @param codes of the prior's level, n_ctx an item
 * @param labels label rows (specification §8.5); null entries for an unlabelled prior
 * @param above codes of the level above that cover each window; null entries for a top level
 * @param sung per code which lyric token is sung there, −1 for none; empty where nobody says
 * @param heard codes as the prior reads them when it is to predict those that follow; empty where they are {@code codes}
 */
public record PriorBatch(
        List<int[]> codes, List<long[]> labels, List<int[]> above, List<int[]> sung, List<int[]> heard) {

    /** A batch of which nobody says what is sung when. */
    public PriorBatch(List<int[]> codes, List<long[]> labels, List<int[]> above) {
        this(codes, labels, above, List.of(), List.of());
    }

    public PriorBatch {
        if (codes.isEmpty() || labels.size() != codes.size() || above.size() != codes.size()) {
            throw new IllegalArgumentException("a batch has codes of " + codes.size() + ", labels of " + labels.size()
                    + " and codes above of " + above.size() + " items; it must be as many, and at least one");
        }
        requireAllOrNone("what is sung", sung.size(), codes.size());
        requireAllOrNone("codes as they are read", heard.size(), codes.size());
    }

    private static void requireAllOrNone(String what, int count, int items) {
        if (count != 0 && count != items) {
            throw new IllegalArgumentException("a batch has codes of " + items + " items and " + what + " of " + count
                    + "; it must be of all or of none");
        }
    }

    /** How many windows. */
    public int size() {
        return codes.size();
    }
}
