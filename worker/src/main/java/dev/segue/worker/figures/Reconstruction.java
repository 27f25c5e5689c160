package dev.segue.worker.figures;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.worker.audio.Resolution;
import dev.segue.worker.audio.SpectralMeasures;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How far whole songs that were encoded and decoded are from what they were: spectral convergence (specification §2.7) in
 * decibels, 20·log10 of the ratio. Owned by one thread.
 */
public final class Reconstruction implements AutoCloseable {
    /** Of a reconstruction that is the same to the bit. */
    private static final double LEAST_RATIO = 1e-6;

    private final SpectralMeasures measures;
    private final List<List<Double>> decibels = new ArrayList<>();

    /** Begins with no songs. */
    public Reconstruction(Device device, int levels) {
        this.measures = new SpectralMeasures(device, List.of(Resolution.SPECTRAL));
        for (int level = 0; level < levels; level++) {
            decibels.add(new ArrayList<>());
        }
    }

    /**
     * What came out.
     *
     * @param level whose codes the songs were decoded from
     * @param mean over songs, in decibels
     * @param median over songs, in decibels
     * @param songs how many
     */
    public record Level(int level, double mean, double median, int songs) {}

    /**
     * Adds a song.
     *
     * @param decoded of each level, the finest first; sound behind its end is not compared
     */
    public void add(float[] original, List<float[]> decoded) {
        for (int level = 0; level < decoded.size(); level++) {
            decibels.get(level).add(decibels(original, decoded.get(level)));
        }
    }

    private double decibels(float[] original, float[] decoded) {
        try (NDManager scratch = measures.newManager()) {
            Shape shape = new Shape(1, decoded.length);
            NDArray target = scratch.create(Arrays.copyOf(original, decoded.length), shape);
            float ratio = measures.convergence(scratch, target, scratch.create(decoded, shape))
                    .toFloatArray()[0];
            return 20 * Math.log10(Math.max(LEAST_RATIO, ratio));
        }
    }

    /** What came out of each level, the finest first; none if there were no songs. */
    public List<Level> levels() {
        List<Level> levels = new ArrayList<>();
        for (List<Double> songs : decibels) {
            if (!songs.isEmpty()) {
                double[] all = songs.stream().mapToDouble(Double::doubleValue).toArray();
                levels.add(new Level(levels.size(), StatUtils.mean(all), StatUtils.percentile(all, 50), all.length));
            }
        }
        return levels;
    }

    @Override
    public void close() {
        measures.close();
    }
}
