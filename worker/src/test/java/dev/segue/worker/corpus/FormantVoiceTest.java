package dev.segue.worker.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is heard of one syllable. */
class FormantVoiceTest {
    private static final int RATE = 16000;
    private static final Voice VOICE = Artist.BRUM_HADDICK.voice();

    private static float[] sing(Voice voice, String syllable) {
        float[] song = new float[RATE];
        Sung sung = Diction.sing(new Syllables.Syllable(0, syllable), 0.1, 0.6, voice.lowest());
        new FormantVoice(voice, RATE).sing(List.of(sung), song, 1);
        return song;
    }

    /** Power at one frequency over a stretch, Hann window. */
    private static double power(float[] song, double from, double to, double frequency) {
        int begin = (int) (from * RATE);
        int length = (int) (to * RATE) - begin;
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < length; i++) {
            double window = 0.5 - 0.5 * Math.cos(2 * Math.PI * i / length);
            double angle = 2 * Math.PI * frequency * i / RATE;
            real += window * song[begin + i] * Math.cos(angle);
            imaginary += window * song[begin + i] * Math.sin(angle);
        }
        return (real * real + imaginary * imaginary) / length;
    }

    /** Power of the harmonics between two frequencies. */
    private static double range(float[] song, Voice voice, double low, double high) {
        double pitch = Tuning.frequency(voice.lowest());
        double sum = 0;
        for (int k = (int) Math.ceil(low / pitch); k * pitch < high; k++) {
            sum += power(song, 0.3, 0.6, k * pitch);
        }
        return sum;
    }

    @Test
    void vowelsAreLoudWhereTheirFormantsAre() {
        float[] i = sing(VOICE, "i");
        float[] a = sing(VOICE, "a");
        assertThat(range(i, VOICE, 150, 400)).isGreaterThan(5 * range(i, VOICE, 500, 1200));
        assertThat(range(a, VOICE, 500, 1200)).isGreaterThan(5 * range(a, VOICE, 150, 400));
    }

    @Test
    void aHissSoundsWhereItsLetterIsAndNotInTheVowel() {
        float[] sound = sing(VOICE, "sa");
        assertThat(power(sound, 0.12, 0.17, 4800)).isGreaterThan(100 * power(sound, 0.4, 0.45, 4830));
    }

    @Test
    void aStopIsSilentAndThenBursts() {
        float[] sound = sing(VOICE, "ata");
        List<Sung.Letter> letters =
                Diction.sing(new Syllables.Syllable(0, "ata"), 0.1, 0.6, 60).letters();
        double begin = letters.get(1).start();
        double length = letters.get(1).end() - begin;
        double shut = loudness(sound, begin + 0.35 * length, begin + 0.5 * length);
        double vowel = loudness(sound, begin - 0.1, begin - 0.02);
        assertThat(shut).isLessThan(0.15 * vowel);
        assertThat(loudness(sound, begin + 0.7 * length, begin + 0.95 * length)).isGreaterThan(2 * shut);
    }

    private static double loudness(float[] song, double from, double to) {
        double sum = 0;
        for (int i = (int) (from * RATE); i < (int) (to * RATE); i++) {
            sum += (double) song[i] * song[i];
        }
        return Math.sqrt(sum / ((to - from) * RATE));
    }

    @Test
    void nothingSoundsBeforeASyllableOrAfterItsRelease() {
        for (Artist artist : Artist.ALL) {
            float[] sound = sing(artist.voice(), "moon");
            assertThat(loudness(sound, 0, 0.0995)).isZero();
            assertThat(loudness(sound, 0.71 + artist.voice().release(), 0.99)).isZero();
            assertThat(loudness(sound, 0.3, 0.5)).isGreaterThan(0.1);
        }
    }
}
