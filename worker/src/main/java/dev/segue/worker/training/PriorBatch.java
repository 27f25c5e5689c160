package dev.segue.worker.training;

import java.util.List;

/**
 * Whole windows that a prior learns from, item by item.
 *
 * @param codes of the prior's level, n_ctx an item
 * @param labels label rows (specification §8.5); null entries for an unlabelled prior
 * @param above codes of the level above that cover each window; null entries for a top level
 * @param sung per code which lyric token is sung there, −1 for none; empty where nobody says
 */
public record PriorBatch(List<int[]> codes, List<long[]> labels, List<int[]> above, List<int[]> sung) {

    /** A batch of which nobody says what is sung when. */
    public PriorBatch(List<int[]> codes, List<long[]> labels, List<int[]> above) {
        this(codes, labels, above, List.of());
    }

    public PriorBatch {
        if (codes.isEmpty() || labels.size() != codes.size() || above.size() != codes.size()) {
            throw new IllegalArgumentException("a batch has codes of " + codes.size() + ", labels of " + labels.size()
                    + " and codes above of " + above.size() + " items; it must be as many, and at least one");
        }
        if (!sung.isEmpty() && sung.size() != codes.size()) {
            throw new IllegalArgumentException("a batch has codes of " + codes.size() + " items and what is sung of "
                    + sung.size() + "; it must be of all or of none");
        }
    }

    /** How many windows. */
    public int size() {
        return codes.size();
    }
}
