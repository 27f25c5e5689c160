package dev.segue.worker.training;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * How a codebook fares (specification §2.5).
 *
 * @param fit mean squared distance of a latent to its entry
 * @param spread of the latents around their mean, the original's {@code pn}
 * @param entropy of the batch's codes, in nats
 * @param usedNow entries that at least the threshold of rows chose in this batch
 * @param used entries whose running count is at least the threshold
 * @param moved how far the entries moved, root mean square, the original's {@code dk}
 */
public record CodebookMetrics(double fit, double spread, double entropy, double usedNow, double used, double moved) {

    static CodebookMetrics of(NDArray values) {
        float[] v = values.toFloatArray();
        return new CodebookMetrics(v[0], v[1], v[2], v[3], v[4], v[5]);
    }

    /** The mean over levels. */
    static CodebookMetrics mean(List<CodebookMetrics> levels) {
        double n = levels.size();
        return new CodebookMetrics(
                levels.stream().mapToDouble(CodebookMetrics::fit).sum() / n,
                levels.stream().mapToDouble(CodebookMetrics::spread).sum() / n,
                levels.stream().mapToDouble(CodebookMetrics::entropy).sum() / n,
                levels.stream().mapToDouble(CodebookMetrics::usedNow).sum() / n,
                levels.stream().mapToDouble(CodebookMetrics::used).sum() / n,
                levels.stream().mapToDouble(CodebookMetrics::moved).sum() / n);
    }
}
