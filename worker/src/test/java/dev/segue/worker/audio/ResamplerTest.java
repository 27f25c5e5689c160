package dev.segue.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResamplerTest {
    private static final double AMPLITUDE = 0.7;

    @ParameterizedTest
    @CsvSource({
        "48000, 44100, 997",
        "48000, 44100, 20000",
        "44100, 48000, 20000",
        "96000, 44100, 20000",
        "22050, 44100, 10100",
        "44100, 22050, 10100",
        "8000, 44100, 3600",
        "384000, 44100, 1000",
        "44101, 44100, 12345",
        "192001, 22050, 9000"
    })
    void whatPassesIsTheSameSineAtTheOtherRate(int from, int to, double hertz) {
        float[] resampled = resample(sine(from, hertz, from / 2), from, to, 4096);

        assertThat(resampled).hasSize((int) Math.ceil((double) (from / 2) * to / from));
        double error = 0;
        double power = 0;
        // The ends hear the silence around the sound.
        for (int i = to / 16; i < resampled.length - to / 16; i++) {
            double expected = AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / to);
            error += Math.pow(resampled[i] - expected, 2);
            power += expected * expected;
        }
        assertThat(decibels(error / power)).isLessThan(-105);
    }

    @ParameterizedTest
    @CsvSource({
        "48000, 44100, 22500",
        "96000, 44100, 22100",
        "96000, 44100, 40000",
        "44100, 22050, 11100",
        "44100, 8000, 4001",
        "192001, 22050, 50000"
    })
    void whatTheLowerRateCannotHoldIsSilenced(int from, int to, double hertz) {
        float[] resampled = resample(sine(from, hertz, from / 2), from, to, 1000);

        float[] middle = Arrays.copyOfRange(resampled, to / 16, resampled.length - to / 16);
        double power = 0;
        for (float sample : middle) {
            power += (double) sample * sample;
        }
        assertThat(decibels(power / middle.length / (AMPLITUDE * AMPLITUDE / 2)))
                .isLessThan(-110);
    }

    @Test
    void theSameRateIsTheIdentityBitForBit() {
        Random random = new Random(2);
        float[] sound = new float[10_001];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) random.nextGaussian();
        }
        assertThat(resample(sound, 44_100, 44_100, 777)).containsExactly(sound);
    }

    @Test
    void theCutsOfTheInputAreNotHeard() {
        float[] sound = sine(48_000, 440, 20_000);

        assertThat(resample(sound, 48_000, 44_100, 1)).containsExactly(resample(sound, 48_000, 44_100, 20_000));
    }

    @Test
    void aConstantStaysWhatItIs() {
        float[] sound = new float[20_000];
        Arrays.fill(sound, 0.25f);
        float[] resampled = resample(sound, 32_000, 44_100, 5_000);

        for (int i = 1_000; i < resampled.length - 1_000; i++) {
            assertThat(resampled[i]).isEqualTo(0.25f);
        }
    }

    @Test
    void ratesThatAreNoneAreRefused() {
        assertThatThrownBy(() -> new Resampler(0, 44_100)).hasMessageContaining("must be positive");
    }

    private static double decibels(double powerRatio) {
        return 10 * Math.log10(powerRatio);
    }

    private static float[] sine(int rate, double hertz, int length) {
        float[] sound = new float[length];
        for (int i = 0; i < length; i++) {
            sound[i] = (float) (AMPLITUDE * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return sound;
    }

    private static float[] resample(float[] sound, int from, int to, int piece) {
        Resampler resampler = new Resampler(from, to);
        float[] out = new float[(int) ((long) sound.length * to / from) + 2];
        int length = 0;
        for (int at = 0; at < sound.length; at += piece) {
            int end = Math.min(sound.length, at + piece);
            resampler.write(Arrays.copyOfRange(sound, at, end), end - at);
            length += resampler.read(out, length, out.length - length);
        }
        resampler.end();
        length += resampler.read(out, length, out.length - length);
        return Arrays.copyOf(out, length);
    }
}
