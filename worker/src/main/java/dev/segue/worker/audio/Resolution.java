package dev.segue.worker.audio;

import java.util.List;

/**
 * How a magnitude spectrogram cuts a sound.
 *
 * @param nFft samples per transform
 * @param hop samples from one frame to the next
 * @param window samples of the periodic Hann window, which lies amid the transform's
 */
public record Resolution(int nFft, int hop, int window) {
    /** The one of the spectral loss and of the bandwidths (specification §2.7). */
    public static final Resolution SPECTRAL = new Resolution(2048, 256, 1536);

    /** Those of the multispectral loss (specification §2.7). */
    public static final List<Resolution> MULTISPECTRAL =
            List.of(new Resolution(2048, 240, 1200), new Resolution(1024, 120, 600), new Resolution(512, 50, 240));

    public Resolution {
        if (nFft < 2 || hop < 1 || window < 1 || window > nFft) {
            throw new IllegalArgumentException("resolution n_fft " + nFft + ", hop " + hop + ", window " + window
                    + ": hop and window must be positive and the window no longer than n_fft");
        }
    }
}
