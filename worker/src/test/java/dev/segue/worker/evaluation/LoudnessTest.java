package dev.segue.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LoudnessTest {
    private static final int RATE = 1000;

    private static float[] constant(double value, int samples) {
        float[] sound = new float[samples];
        Arrays.fill(sound, (float) value);
        return sound;
    }

    @Test
    void fullScaleIsZeroDecibelsAndATenthOfItTwentyBelow() {
        assertThat(Loudness.decibels(constant(1, 100))).isZero();
        assertThat(Loudness.decibels(constant(0.1, 100))).isCloseTo(-20, within(1e-5));
        assertThat(Loudness.decibels(new float[100])).isEqualTo(Loudness.SILENCE_DB);
    }

    @Test
    void theLongestRunOfSoftFramesIsFound() {
        float[] sound = constant(0.5, 1000);
        Arrays.fill(sound, 100, 250, 0f);
        Arrays.fill(sound, 500, 900, 1e-4f);

        assertThat(Loudness.longestSilence(sound, RATE, -50)).isCloseTo(0.4, within(1e-9));
        assertThat(Loudness.longestSilence(sound, RATE, -100)).isCloseTo(0.15, within(1e-9));
        assertThat(Loudness.longestSilence(constant(0.5, 1000), RATE, -50)).isZero();
    }

    @Test
    void whatIsLeftAtTheEndBelongsToTheLastFrame() {
        assertThat(Loudness.longestSilence(new float[1033], RATE, -50)).isCloseTo(1.033, within(1e-9));
        assertThat(Loudness.longestSilence(new float[10], RATE, -50)).isZero();
    }
}
