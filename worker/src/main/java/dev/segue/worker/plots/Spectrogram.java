package dev.segue.worker.plots;

import java.util.Arrays;
import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * How loud a sound is at each pixel of a picture: columns are equally long, rows equally high in mel. Unlike the features
 * of evaluation, levels are absolute, since a softer reconstruction is to look softer.
 *
 * <p>Owned by one thread.
 */
final class Spectrogram {
    /** What silence has, in decibels against a sine of full scale. */
    static final double SILENCE = -120;

    private static final double WINDOW_SECONDS = 0.093;
    /** Rows this much higher than a bin, or more, show the loudest of their bins, lower ones what lies between bins. */
    private static final double HIGH = 1.5;

    private final int sampleRate;
    private final double[] hann;
    private final double fullScale;

    /**
     * Prepares it.
     *
     * @param sampleRate of the sounds, in Hz
     */
    Spectrogram(int sampleRate) {
        this.sampleRate = sampleRate;
        int window = Integer.highestOneBit((int) (1.5 * WINDOW_SECONDS * sampleRate));
        this.hann = new double[window];
        for (int i = 0; i < window; i++) {
            hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window);
        }
        double amplitude = Arrays.stream(hann).sum() / 2;
        this.fullScale = amplitude * amplitude;
    }

    /**
     * Computes it.
     *
     * @param sound mono, of [−1, 1)
     * @param columnSeconds how long a column is; the last one may be longer than what is left
     * @param rows how many there are from 0 Hz to {@code top}
     * @param top in Hz; rows above half the sound's rate are {@link Float#NaN}
     * @return [column][row] in decibels against a sine of full scale, rows upwards
     */
    float[][] levels(float[] sound, double columnSeconds, int rows, double top) {
        int columns = (int) Math.ceil(sound.length / (columnSeconds * sampleRate) - 1e-6);
        // So close that no sample is missed, and their mean: a column may be much longer than a window.
        int frames = (int) Math.ceil(2 * columnSeconds * sampleRate / hann.length);
        float[][] levels = new float[columns][];
        for (int column = 0; column < columns; column++) {
            double[] power = new double[hann.length / 2 + 1];
            for (int frame = 0; frame < frames; frame++) {
                double middle = (column + (frame + 0.5) / frames) * columnSeconds * sampleRate;
                add(power, sound, (int) Math.round(middle - hann.length / 2.0), frames);
            }
            levels[column] = rows(decibels(power), rows, top);
        }
        return levels;
    }

    private void add(double[] power, float[] sound, int start, int frames) {
        double[][] complex = new double[2][hann.length];
        for (int i = Math.max(0, -start); i < hann.length && start + i < sound.length; i++) {
            complex[0][i] = hann[i] * sound[start + i];
        }
        FastFourierTransformer.transformInPlace(complex, DftNormalization.STANDARD, TransformType.FORWARD);
        for (int bin = 0; bin < power.length; bin++) {
            double squared = complex[0][bin] * complex[0][bin] + complex[1][bin] * complex[1][bin];
            power[bin] += squared / (fullScale * frames);
        }
    }

    private static double[] decibels(double[] power) {
        double least = Math.pow(10, SILENCE / 10);
        return Arrays.stream(power)
                .map(value -> 10 * Math.log10(Math.max(value, least)))
                .toArray();
    }

    private float[] rows(double[] bins, int rows, double top) {
        float[] levels = new float[rows];
        double perBin = sampleRate / (double) hann.length;
        double height = MelScale.of(top) / rows;
        for (int row = 0; row < rows; row++) {
            double low = MelScale.hertz(row * height) / perBin;
            double high = MelScale.hertz((row + 1) * height) / perBin;
            levels[row] = (float) (low >= bins.length - 1 ? Double.NaN : level(bins, low, high));
        }
        return levels;
    }

    private static double level(double[] bins, double low, double high) {
        int last = bins.length - 1;
        if (high - low < HIGH) {
            double middle = Math.min((low + high) / 2, last);
            int below = Math.min((int) middle, last - 1);
            double part = middle - below;
            return (1 - part) * bins[below] + part * bins[below + 1];
        }
        int from = (int) Math.ceil(low);
        return Arrays.stream(bins, from, Math.max(from + 1, Math.min((int) Math.ceil(high), bins.length)))
                .max()
                .orElseThrow();
    }
}
