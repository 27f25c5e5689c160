package dev.segue.worker.evaluation;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * Power of a sound over time, as if its whole had the power 1: 46 ms Hann windows, a quarter of a window apart, as whole spectra and summed in bands that
 * are equally wide on the mel scale.
 */
final class BandSpectrogram {
    static final int BANDS = 24;

    private static final double WINDOW_SECONDS = 0.0464;
    private static final double LOWEST = 50;
    private static final double HIGHEST = 5000;
    /** Of power: 35 dB. What is softer beside louder sound is more often a trace of coding than music. */
    private static final double DEPTH = 3.2e-4;

    /** Against silence, for which no ratio is defined. */
    private static final double LEAST_FLOOR = 1e-9;

    private final int sampleRate;
    private final int window;
    private final int hop;
    private final double[][] power;
    private final double[][] bands;
    private final double floor;

    /**
     * Computes it.
     *
     * @param sound mono, at least one window long
     * @param sampleRate in Hz
     */
    BandSpectrogram(float[] sound, int sampleRate) {
        this.sampleRate = sampleRate;
        this.window = Integer.highestOneBit((int) (1.5 * WINDOW_SECONDS * sampleRate));
        this.hop = window / 4;
        if (sound.length < window) {
            throw new IllegalArgumentException("sound has " + sound.length + " samples but must have at least " + window
                    + ", one window of its features; give a longer one");
        }
        int frames = 1 + (sound.length - window) / hop;
        this.power = new double[frames][];
        this.bands = new double[frames][];
        double[] hann = new double[window];
        for (int i = 0; i < window; i++) {
            hann[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / window);
        }
        double[] places = places();
        double most = 0;
        double scale = scale(sound);
        for (int frame = 0; frame < frames; frame++) {
            double[][] complex = new double[2][window];
            for (int i = 0; i < window; i++) {
                complex[0][i] = hann[i] * scale * sound[frame * hop + i];
            }
            FastFourierTransformer.transformInPlace(complex, DftNormalization.STANDARD, TransformType.FORWARD);
            power[frame] = new double[window / 2];
            bands[frame] = new double[BANDS];
            for (int bin = 0; bin < window / 2; bin++) {
                double value = (complex[0][bin] * complex[0][bin] + complex[1][bin] * complex[1][bin]) / window;
                power[frame][bin] = value;
                int band = (int) Math.floor(places[bin]);
                double part = places[bin] - band;
                if (band >= 0 && band < BANDS) {
                    bands[frame][band] += (1 - part) * value;
                }
                if (band >= -1 && band < BANDS - 1) {
                    bands[frame][band + 1] += part * value;
                }
            }
            for (double value : bands[frame]) {
                most = Math.max(most, value);
            }
        }
        this.floor = DEPTH * most + LEAST_FLOOR;
    }

    /** What brings every sound to the same loudness; 0 for silence. */
    private static double scale(float[] sound) {
        double power = 0;
        for (float sample : sound) {
            power += (double) sample * sample / sound.length;
        }
        return power < LEAST_FLOOR ? 0 : 1 / Math.sqrt(power);
    }

    /** Where among the middles of the bands, which are triangles, each bin lies: [bin]. */
    private double[] places() {
        double[] places = new double[window / 2];
        double low = mel(LOWEST);
        double width = (mel(Math.min(HIGHEST, 0.45 * sampleRate)) - low) / (BANDS + 1);
        for (int bin = 0; bin < places.length; bin++) {
            places[bin] = (mel(frequency(bin)) - low) / width - 1;
        }
        return places;
    }

    private static double mel(double frequency) {
        return 1127 * Math.log1p(frequency / 700);
    }

    int frames() {
        return power.length;
    }

    double framesPerSecond() {
        return sampleRate / (double) hop;
    }

    int bins() {
        return window / 2;
    }

    /** Of a bin, in Hz. */
    double frequency(int bin) {
        return bin * (double) sampleRate / window;
    }

    /** Of one frame: [bin]. */
    double[] power(int frame) {
        return power[frame];
    }

    /** Of one frame: [band]. */
    double[] bands(int frame) {
        return bands[frame];
    }

    /** Decibels of a band; what is far below the loudest of all counts as if it were a little less far below. */
    double level(int frame, int band) {
        return 10 * Math.log10(bands[frame][band] + floor);
    }

    /** The frame whose middle is nearest to a time. */
    int frameAt(double seconds) {
        long frame = Math.round((seconds * sampleRate - window / 2.0) / hop);
        return (int) Math.max(0, Math.min(frames() - 1, frame));
    }
}
