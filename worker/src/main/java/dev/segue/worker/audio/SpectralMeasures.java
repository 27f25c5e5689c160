package dev.segue.worker.audio;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.segue.worker.torch.ScriptModule;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/**
 * Magnitude spectrograms of sounds and how far two sounds are apart in them (specification §2.7). The mathematics is in
 * {@code spectral.py}, which the losses of the VQ-VAE share.
 *
 * <p>Sound is [batch, time], mono, float32 or float64, longer than half the largest transform. Results belong to the
 * manager that is passed. Owned by one thread.
 */
public final class SpectralMeasures implements AutoCloseable {
    private final ScriptModule script;
    private final int longestTransform;

    /**
     * @param resolutions the first one is that of magnitudes, norms, convergence and log distance; distances are
     *     averaged over all
     */
    public SpectralMeasures(Device device, List<Resolution> resolutions) {
        if (resolutions.isEmpty()) {
            throw new IllegalArgumentException("there are no resolutions; give at least one");
        }
        this.longestTransform =
                resolutions.stream().mapToInt(Resolution::nFft).max().orElseThrow();
        this.script = ScriptModule.load(
                device,
                SpectralMeasures.class,
                List.of("spectral", "SpectralMeasures"),
                Map.of(
                        "n_ffts", each(resolutions, Resolution::nFft),
                        "hops", each(resolutions, Resolution::hop),
                        "windows", each(resolutions, Resolution::window)));
    }

    private static long[] each(List<Resolution> resolutions, ToIntFunction<Resolution> length) {
        return resolutions.stream().mapToInt(length).asLongStream().toArray();
    }

    /** |STFT|: [batch, 1 + nFft / 2, 1 + time / hop]. */
    public NDArray magnitudes(NDManager owner, NDArray sound) {
        return script.tensor(owner, "magnitudes", check(sound), 0);
    }

    /** Frobenius norm of each item's magnitudes: [batch]. */
    public NDArray norms(NDManager owner, NDArray sound) {
        return script.tensor(owner, "norms", check(sound));
    }

    /** Frobenius norm of the difference of magnitudes, averaged over the resolutions: [batch]. */
    public NDArray distances(NDManager owner, NDArray target, NDArray sound) {
        return script.tensor(owner, "distances", target, check(sound));
    }

    /** Spectral convergence, the distance relative to the target's norm; 0 for a silent target: [batch]. */
    public NDArray convergence(NDManager owner, NDArray target, NDArray sound) {
        return script.tensor(owner, "convergence", target, check(sound));
    }

    /** Mean absolute difference of the natural logarithms of all magnitudes plus 1e-4: a scalar. */
    public NDArray logDistance(NDManager owner, NDArray target, NDArray sound) {
        return script.tensor(owner, "log_distance", target, check(sound));
    }

    private NDArray check(NDArray sound) {
        if (sound.getShape().dimension() != 2 || sound.getShape().get(1) <= longestTransform / 2) {
            throw new IllegalArgumentException("sound is " + sound.getShape()
                    + "; pass [batch, time] with more samples than half the longest transform, "
                    + longestTransform / 2);
        }
        return sound;
    }

    /** A manager for values that are passed to it or come from it. */
    public NDManager newManager() {
        return script.newManager();
    }

    @Override
    public void close() {
        script.close();
    }
}
