package dev.segue.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.segue.worker.audio.Resolution;
import dev.segue.worker.audio.SpectralMeasures;
import java.util.List;
import org.junit.jupiter.api.Test;

class BandwidthsTest {
    private static final Resolution RESOLUTION = new Resolution(16, 4, 12);

    @Test
    void samplesCountPerChannelAndSpectraAsTheChannelsMean() {
        float[] left = {0.5f, -0.25f, 0.75f, 0, 0.125f, -0.5f, 0.25f, 0.375f, -0.75f, 0.5f, 0.25f, -0.125f};
        float[] right = {0.25f, 0.25f, -0.5f, 0.5f, 0.5f, 0.125f, -0.375f, 0, 0.25f, -0.25f, 0.75f, 0.5f};
        float[] second = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
        try (SpectralMeasures measures = new SpectralMeasures(Device.cpu(), List.of(RESOLUTION))) {
            Bandwidths.Accumulator statistics = new Bandwidths.Accumulator(measures);
            statistics.add(left, right);
            statistics.add(second, second);
            Bandwidths bandwidths = statistics.result();
            double absolute = 24;
            double sum = 0;
            double squares = 24;
            double[] mean = new double[12];
            for (int i = 0; i < 12; i++) {
                absolute += Math.abs(left[i]) + Math.abs(right[i]);
                sum += left[i] + right[i];
                squares += left[i] * left[i] + right[i] * right[i];
                mean[i] = (left[i] + right[i]) / 2.0;
            }
            assertThat(bandwidths.l1()).isCloseTo(absolute / 48, within(1e-12));
            assertThat(bandwidths.l2()).isCloseTo(squares / 48 - sum * sum / 48 / 48, within(1e-12));
            double[] alternating = {1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1};
            assertThat(bandwidths.spectral()).isCloseTo((norm(mean) + norm(alternating)) / 2, within(1e-9));
        }
    }

    @Test
    void silenceHasNoBandwidth() {
        try (SpectralMeasures measures = new SpectralMeasures(Device.cpu(), List.of(RESOLUTION))) {
            Bandwidths.Accumulator statistics = new Bandwidths.Accumulator(measures);
            assertThatThrownBy(statistics::result).hasMessageContaining("at least one item");
            statistics.add(new float[20]);
            assertThatThrownBy(statistics::result).hasMessageContaining("must all be positive");
        }
    }

    /** The Frobenius norm of |STFT|, from the definition: reflected edges, Hann window amid each frame. */
    private static double norm(double[] sound) {
        double squares = 0;
        for (int centre = 0; centre <= sound.length; centre += RESOLUTION.hop()) {
            for (int bin = 0; bin <= RESOLUTION.nFft() / 2; bin++) {
                double real = 0;
                double imaginary = 0;
                for (int i = 0; i < RESOLUTION.window(); i++) {
                    int offset = (RESOLUTION.nFft() - RESOLUTION.window()) / 2 + i;
                    double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / RESOLUTION.window());
                    double sample = sound[reflect(centre - RESOLUTION.nFft() / 2 + offset, sound.length)];
                    double angle = 2 * Math.PI * bin * offset / RESOLUTION.nFft();
                    real += hann * sample * Math.cos(angle);
                    imaginary += hann * sample * Math.sin(angle);
                }
                squares += real * real + imaginary * imaginary;
            }
        }
        return Math.sqrt(squares);
    }

    private static int reflect(int index, int length) {
        int positive = Math.abs(index);
        return positive < length ? positive : 2 * (length - 1) - positive;
    }
}
