package dev.segue.worker.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.worker.audio.SpectralMeasures;

/**
 * How much a data set varies, which losses are measured in (specification §2.7).
 *
 * @param l1 mean absolute sample
 * @param l2 variance of the samples
 * @param spectral mean Frobenius norm of an item's magnitude spectrogram
 */
public record Bandwidths(double l1, double l2, double spectral) {

    public Bandwidths {
        if (!(l1 > 0 && l2 > 0 && spectral > 0)) {
            throw new IllegalArgumentException("bandwidths l1 " + l1 + ", l2 " + l2 + ", spectral " + spectral
                    + " must all be positive; take them from sound that is not silent");
        }
    }

    /** Adds up statistics in double precision, item by item. */
    public static final class Accumulator {
        private final SpectralMeasures measures;
        private double absolute;
        private double sum;
        private double squares;
        private double norms;
        private long samples;
        private long items;

        /** Begins with no sound; {@code measures} are at the resolution of the spectral loss and stay the caller's. */
        public Accumulator(SpectralMeasures measures) {
            this.measures = measures;
        }

        /** Counts one item: its channels, of one length. Samples count per channel, spectra as the channels' mean. */
        public void add(float[]... channels) {
            double[] mean = new double[channels[0].length];
            for (float[] channel : channels) {
                for (int i = 0; i < channel.length; i++) {
                    double sample = channel[i];
                    absolute += Math.abs(sample);
                    sum += sample;
                    squares += sample * sample;
                    mean[i] += sample / channels.length;
                }
                samples += channel.length;
            }
            try (NDManager manager = measures.newManager()) {
                NDArray sound = manager.create(mean, new Shape(1, mean.length));
                norms += measures.norms(manager, sound)
                        .toType(DataType.FLOAT64, true)
                        .getDouble(0);
            }
            items++;
        }

        /** Those of all items so far. */
        public Bandwidths result() {
            if (samples == 0) {
                throw new IllegalStateException("no sound was added; bandwidths need at least one item");
            }
            double mean = sum / samples;
            return new Bandwidths(absolute / samples, squares / samples - mean * mean, norms / items);
        }
    }
}
