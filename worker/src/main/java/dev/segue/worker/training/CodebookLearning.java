package dev.segue.worker.training;

/**
 * How a codebook follows the latents (specification §2.5).
 *
 * @param decay of the running sums per batch, l_mu
 * @param threshold how many rows, by the running count, must choose an entry so that it does not restart
 */
public record CodebookLearning(double decay, double threshold) {
    /** That of the released VQ-VAE. */
    public static final CodebookLearning RELEASED = new CodebookLearning(0.99, 1.0);

    public CodebookLearning {
        if (!(decay >= 0 && decay < 1)) {
            throw new IllegalArgumentException("codebook decay is " + decay + "; it must be from 0 to below 1");
        }
        if (threshold < 0) {
            throw new IllegalArgumentException("codebook threshold is " + threshold + "; it must not be negative");
        }
    }
}
