package dev.segue.worker.training;

import ai.djl.ndarray.NDArray;

/**
 * The losses of one level on one batch (specification §2.7), weights not yet applied but in the first.
 *
 * @param loss what training makes small: the sum of the next four, weighted
 * @param reconstruction of the sound
 * @param spectral of its spectrum
 * @param multispectral of its spectra at several resolutions
 * @param commitment mean squared distance of latents to their entries
 * @param l1 mean absolute residual in bandwidths
 * @param l2 mean squared residual in bandwidths
 * @param linf mean of the largest squared residuals in bandwidths
 * @param convergence spectral convergence
 */
public record LevelLosses(
        double loss,
        double reconstruction,
        double spectral,
        double multispectral,
        double commitment,
        double l1,
        double l2,
        double linf,
        double convergence) {

    static LevelLosses of(NDArray values) {
        float[] v = values.toFloatArray();
        return new LevelLosses(v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], v[8]);
    }
}
