package dev.segue.worker.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeamFadeTest {
    @ParameterizedTest
    @ValueSource(ints = {1000, 4096, 131_072})
    void theWeightRisesFromNothingToAllAndFallsBackWithoutAStep(int samples) {
        SeamFade fade = new SeamFade(samples);
        int rise = Math.min(SeamFade.LONGEST_RISE, samples / 8);

        assertThat(fade.weight(0)).isZero();
        assertThat(fade.weight(rise)).isEqualTo(1);
        assertThat(fade.weight(samples - 1)).isCloseTo(0, within(2f / samples));
        assertThat(fade.weight(samples)).isZero();
        for (int i = 1; i <= samples; i++) {
            assertThat(Math.abs(fade.weight(i) - fade.weight(i - 1))).isLessThanOrEqualTo(1.01f / rise);
            if (i > rise) {
                assertThat(fade.weight(i)).isLessThan(fade.weight(i - 1));
            }
        }
    }

    @Test
    void soundsThatAreAlikeKeepTheirLoudness() {
        float[] sound = new float[1000];
        Arrays.fill(sound, 0.7f);
        new SeamFade(1000).mix(sound, sound.clone(), 0, 1000, 0);
        assertThat(sound).containsOnly(0.7f);
    }

    @Test
    void aFadeBetweenTwoLevelsHasNoStepAtEitherEnd() {
        float[] song = new float[3000];
        float[] tail = new float[1000];
        Arrays.fill(song, -0.5f);
        Arrays.fill(tail, 0.5f);

        new SeamFade(1000).mix(song, tail, 1000, 1000, 0);

        for (int i = 1; i < song.length; i++) {
            assertThat(Math.abs(song[i] - song[i - 1])).isLessThan(0.009f);
        }
        assertThat(song[1125]).isEqualTo(0.5f);
        for (int i = 0; i < song.length; i++) {
            if (i <= 1000 || i >= 2000) {
                assertThat(song[i]).isEqualTo(-0.5f);
            }
        }
    }

    @Test
    void aPartOfAFadeIsThatPartOfTheWhole() {
        float[] tail = new float[400];
        Arrays.fill(tail, 1);
        float[] whole = new float[400];
        new SeamFade(400).mix(whole, tail, 0, 400, 0);
        float[] part = new float[100];
        new SeamFade(400).mix(part, Arrays.copyOf(tail, 100), 0, 100, 250);
        assertThat(part).containsExactly(Arrays.copyOfRange(whole, 250, 350));
    }

    @Test
    void aTailOfAFewSamplesIsFadedToo() {
        assertThat(new SeamFade(1).weight(0)).isEqualTo(1);
        assertThatThrownBy(() -> new SeamFade(0)).hasMessage("a fade has 0 samples but must have at least 1");
    }
}
