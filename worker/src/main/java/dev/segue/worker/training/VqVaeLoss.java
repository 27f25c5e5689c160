package dev.segue.worker.training;

import dev.segue.worker.audio.Resolution;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a VQ-VAE is trained to make small (specification §2.7): per level, recons + spectral · spec + multispectral ·
 * mspec + commit · commitment, summed over levels.
 *
 * @param reconstruction how the sound itself is compared
 * @param spectral weight of the spectral loss
 * @param relativeSpectral whether the spectral loss is the spectral convergence instead of a distance in bandwidths
 * @param multispectral weight of the multispectral loss
 * @param resolutions of the multispectral loss
 * @param commit weight of the encoder's distance to the codebook
 * @param bandwidths statistics of the data, which the distances are relative to
 */
public record VqVaeLoss(
        Reconstruction reconstruction,
        double spectral,
        boolean relativeSpectral,
        double multispectral,
        List<Resolution> resolutions,
        double commit,
        Bandwidths bandwidths) {

    public VqVaeLoss {
        resolutions = List.copyOf(resolutions);
        if (resolutions.isEmpty()) {
            throw new IllegalArgumentException("the multispectral loss has no resolutions; give it at least one");
        }
    }

    /**
     * Weights of the three comparisons of sound, of which the original's lmix is any mixture and its l1, l2 and linf
     * are the corners.
     *
     * @param l1 of the mean absolute residual, in bandwidths
     * @param l2 of the mean squared residual, in bandwidths
     * @param linf of the mean over each item's {@code linfK} largest squared residuals, in bandwidths
     */
    public record Reconstruction(double l1, double l2, double linf, int linfK) {

        public Reconstruction {
            if (l1 < 0 || l2 < 0 || linf < 0 || l1 + l2 + linf <= 0) {
                throw new IllegalArgumentException("reconstruction weights l1 " + l1 + ", l2 " + l2 + ", linf " + linf
                        + ": none may be negative and one must be positive");
            }
            if (linfK < 1) {
                throw new IllegalArgumentException("linf_k is " + linfK + "; it must be at least 1");
            }
        }
    }

    /** The script's attributes that follow from it. */
    Map<String, Object> attributes() {
        Map<String, Object> attributes = new TreeMap<>();
        attributes.put("l1", reconstruction.l1());
        attributes.put("l2", reconstruction.l2());
        attributes.put("linf", reconstruction.linf());
        attributes.put("linf_k", reconstruction.linfK());
        attributes.put("spectral", spectral);
        attributes.put("relative_spectral", relativeSpectral);
        attributes.put("multispectral", multispectral);
        attributes.put("commit", commit);
        attributes.put("bandwidth_l1", bandwidths.l1());
        attributes.put("bandwidth_l2", bandwidths.l2());
        attributes.put("bandwidth_spectral", bandwidths.spectral());
        Resolution one = Resolution.SPECTRAL;
        attributes.put("resolution", new long[] {one.nFft(), one.hop(), one.window()});
        attributes.put(
                "n_ffts", resolutions.stream().mapToLong(Resolution::nFft).toArray());
        attributes.put("hops", resolutions.stream().mapToLong(Resolution::hop).toArray());
        attributes.put(
                "windows", resolutions.stream().mapToLong(Resolution::window).toArray());
        return attributes;
    }
}
