package dev.segue.worker.plots;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SpectrogramTest {
    private static final int RATE = 8000;
    private static final int ROWS = 120;

    private final Spectrogram spectrogram = new Spectrogram(RATE);

    static float[] sine(double hertz, double amplitude, double seconds, int rate) {
        float[] sound = new float[(int) (seconds * rate)];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) (amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return sound;
    }

    private static int loudest(float[] column) {
        int loudest = 0;
        for (int row = 0; row < column.length; row++) {
            loudest = column[row] > column[loudest] ? row : loudest;
        }
        return loudest;
    }

    @Test
    void aSineIsLoudestInTheRowOfItsFrequencyAndAsLoudAsItIs() {
        for (double hertz : new double[] {110, 440, 1234, 3500}) {
            float[][] levels = spectrogram.levels(sine(hertz, 0.5, 2, RATE), 0.1, ROWS, 4000);
            assertThat(levels).hasDimensions(20, ROWS);
            int row = (int) (MelScale.of(hertz) / MelScale.of(4000) * ROWS);
            assertThat((double) loudest(levels[10])).as(hertz + " Hz").isCloseTo(row, within(1.0));
            assertThat((double) levels[10][loudest(levels[10])]).isCloseTo(-6, within(1.5));
        }
    }

    @Test
    void halfTheAmplitudeIsSixDecibelsLess() {
        float[] loud = spectrogram.levels(sine(440, 0.8, 1, RATE), 0.1, ROWS, 4000)[5];
        float[] soft = spectrogram.levels(sine(440, 0.4, 1, RATE), 0.1, ROWS, 4000)[5];
        int row = loudest(loud);
        assertThat((double) loud[row] - soft[row]).isCloseTo(6.02, within(0.01));
    }

    @Test
    void aClickIsInItsColumnHoweverLongColumnsAre() {
        float[] sound = new float[60 * RATE];
        sound[41 * RATE + 3000] = 1;
        float[][] levels = spectrogram.levels(sound, 4, ROWS, 4000);
        assertThat(levels).hasDimensions(15, ROWS);
        for (int column = 0; column < 15; column++) {
            assertThat(levels[column][60] > Spectrogram.SILENCE).isEqualTo(column == 10);
        }
    }

    @Test
    void silenceHasTheLeastLevelAndWhatTheRateCannotHoldNone() {
        float[] column = spectrogram.levels(new float[RATE], 1, ROWS, 8000)[0];
        assertThat(column[0]).isEqualTo((float) Spectrogram.SILENCE);
        assertThat(column[ROWS - 1]).isNaN();
        assertThat(column[(int) (MelScale.of(3900) / MelScale.of(8000) * ROWS)]).isNotNaN();
    }

    @Test
    void aSoundShorterThanAWindowIsShownToo() {
        float[][] levels = spectrogram.levels(sine(1000, 0.5, 0.01, RATE), 0.001, ROWS, 4000);
        assertThat(levels).hasDimensions(10, ROWS);
        assertThat(levels[5][loudest(levels[5])]).isGreaterThan(-40);
    }
}
