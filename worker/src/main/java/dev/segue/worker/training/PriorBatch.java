package dev.segue.worker.training;

import java.util.List;

/**
 * Whole windows that a prior learns from, item by item.
 *
 * @param codes of the prior's level, n_ctx an item
 * @param labels label rows (specification §8.5); null entries for an unlabelled prior
 * @param above codes of the level above that cover each window; null entries for a top level
 */
public record PriorBatch(List<int[]> codes, List<long[]> labels, List<int[]> above) {

    public PriorBatch {
        if (codes.isEmpty() || labels.size() != codes.size() || above.size() != codes.size()) {
            throw new IllegalArgumentException("a batch has codes of " + codes.size() + ", labels of " + labels.size()
                    + " and codes above of " + above.size() + " items; it must be as many, and at least one");
        }
    }

    /** How many windows. */
    public int size() {
        return codes.size();
    }
}
