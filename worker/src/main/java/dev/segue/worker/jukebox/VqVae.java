package dev.segue.worker.jukebox;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.ArrayList;
import java.util.List;

/**
 * The VQ-VAE: turns sound into codes at several resolutions and codes of any one of them back into sound (Jukebox,
 * section 3; specification §2). Level 0 is the finest.
 *
 * <p>Sound is [batch, time] float32 in [-1, 1] and codes are [batch, time / hop] int64. Whole songs go through
 * {@link ChunkedDecoder} and {@link ChunkedEncoder}, which bound the memory. Owned by one thread.
 */
public final class VqVae implements AutoCloseable {
    private final VqVaeShape shape;
    private final List<VqVaeLevel> levels;

    private VqVae(VqVaeShape shape, List<VqVaeLevel> levels) {
        this.shape = shape;
        this.levels = List.copyOf(levels);
    }

    /**
     * Loads every level.
     *
     * @throws IllegalArgumentException if a tensor is missing, is too many or has another shape than {@code shape} says
     */
    public static VqVae load(Device device, VqVaeShape shape, SafetensorsFile file) {
        Parameters.refuseOthers(file, StateDict.of(shape));
        List<VqVaeLevel> levels = new ArrayList<>();
        try {
            for (int level = 0; level < shape.levels(); level++) {
                levels.add(VqVaeLevel.load(device, shape, level, file));
            }
            return new VqVae(shape, levels);
        } catch (RuntimeException e) {
            levels.forEach(VqVaeLevel::close);
            throw e;
        }
    }

    /** What it computes, apart from its weights. */
    public VqVaeShape shape() {
        return shape;
    }

    /**
     * One level.
     *
     * @throws IllegalArgumentException if there is no such level
     */
    public VqVaeLevel level(int level) {
        if (level < 0 || level >= levels.size()) {
            throw new IllegalArgumentException(
                    "level is " + level + "; this VQ-VAE has levels 0 to " + (levels.size() - 1));
        }
        return levels.get(level);
    }

    /** A manager for values that are passed to it or come from it. */
    public NDManager newManager() {
        return levels.get(0).newManager();
    }

    /**
     * Codes of every level, the finest first. The sound's time must be a multiple of the coarsest hop.
     *
     * @throws IllegalArgumentException if the sound is not [batch, time] float32, or its time is none
     */
    public NDList encode(NDManager owner, NDArray sound) {
        NDList codes = new NDList(levels.size());
        // From the coarsest, which has the most to ask of the sound's length.
        for (int level = levels.size() - 1; level >= 0; level--) {
            codes.add(0, encode(owner, level, sound));
        }
        return codes;
    }

    /**
     * Codes of one level: [batch, time / hop].
     *
     * @throws IllegalArgumentException if the sound is not [batch, time] float32, its time a multiple of the hop
     */
    public NDArray encode(NDManager owner, int level, NDArray sound) {
        return level(level).encode(owner, sound);
    }

    /**
     * Sound of one level's codes: [batch, length * hop], not clamped. Codes of other levels play no part.
     *
     * @throws IllegalArgumentException if the codes are not [batch, length] int64, or not in the codebook
     */
    public NDArray decode(NDManager owner, int level, NDArray codes) {
        return level(level).decode(owner, codes);
    }

    @Override
    public void close() {
        levels.forEach(VqVaeLevel::close);
    }
}
