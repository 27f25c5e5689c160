package dev.segue.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What is measured of sounds that are known. */
class SongFeaturesTest {
    private static final int RATE = 16000;

    private static float[] tone(double frequency, double seconds) {
        float[] sound = new float[(int) (seconds * RATE)];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) (0.3 * Math.sin(2 * Math.PI * frequency * i / RATE));
        }
        return sound;
    }

    private static float[] pulses(double tempo) {
        float[] sound = tone(500, 12);
        for (int i = 0; i < sound.length; i++) {
            double sinceBeat = i * tempo / 60 / RATE % 1;
            sound[i] *= (float) Math.exp(-12 * sinceBeat);
        }
        return sound;
    }

    @Test
    void aPulseHasItsTempo() {
        assertThat(SongFeatures.of(pulses(100), RATE).value("tempo")).isCloseTo(100, Offset.offset(1.5));
        assertThat(SongFeatures.of(pulses(72), RATE).value("tempo")).isCloseTo(72, Offset.offset(1.5));
    }

    @Test
    void aToneHasItsCentroidAndItsPlaceInTheScale() {
        SongFeatures measured = SongFeatures.of(tone(880, 6), RATE);
        assertThat(Math.exp(measured.value("centroid"))).isCloseTo(880, Offset.offset(15.0));
        assertThat(measured.value("chroma 9")).isGreaterThan(0.7);
        SongFeatures lower = SongFeatures.of(tone(261.6, 6), RATE);
        assertThat(lower.value("chroma 0")).isGreaterThan(0.4).isGreaterThan(1.5 * lower.value("chroma 1"));
    }

    @Test
    void loudnessChangesNothing() {
        float[] loud = pulses(100);
        float[] soft = loud.clone();
        for (int i = 0; i < soft.length; i++) {
            soft[i] *= 0.25f;
        }
        double[] first = SongFeatures.of(loud, RATE).values();
        double[] second = SongFeatures.of(soft, RATE).values();
        for (int i = 0; i < first.length; i++) {
            assertThat(second[i]).as(SongFeatures.names().get(i)).isCloseTo(first[i], Offset.offset(0.01));
        }
    }

    @Test
    void silenceAndNoiseGiveNumbersToo() {
        float[] noise = new float[6 * RATE];
        Random draws = new Random(1);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) draws.nextGaussian() / 4;
        }
        for (float[] sound : new float[][] {new float[6 * RATE], noise}) {
            double[] values = SongFeatures.of(sound, RATE).values();
            assertThat(values).hasSize(SongFeatures.names().size());
            for (double value : values) {
                assertThat(value).isFinite();
            }
        }
    }

    @Test
    void aSoundShorterThanAWindowIsRefused() {
        assertThatThrownBy(() -> SongFeatures.of(new float[1000], RATE))
                .hasMessage("sound has 1000 samples but must have at least 1024, one window of its features; give a"
                        + " longer one");
    }
}
