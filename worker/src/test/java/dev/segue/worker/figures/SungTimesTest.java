package dev.segue.worker.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.evaluation.SungVowel;
import dev.segue.worker.jukebox.labels.LyricVocabulary;
import dev.segue.worker.lyrics.LyricTiming;
import dev.segue.worker.manifest.CharacterTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class SungTimesTest {
    @Test
    void timesOfWhatTheModelHeardBecomeTimesOfWhatWasWritten() {
        String lyrics = "ß#a";
        LyricTiming timing = LyricTiming.of(20, new int[] {2, 4, 10}, new int[] {3, 5, 11});

        List<CharacterTime> times = SungTimes.of(lyrics, LyricVocabulary.V3.cleaned(lyrics), timing, 0.5);

        assertThat(times).containsExactly(new CharacterTime(1, 3), CharacterTime.NONE, new CharacterTime(5, 6));
    }

    @Test
    void vowelsThatAreSungLongEnoughWithinTheSoundAreListened() {
        List<CharacterTime> times = List.of(
                new CharacterTime(0, 1),
                new CharacterTime(1, 1.5),
                CharacterTime.NONE,
                new CharacterTime(2, 2.05),
                new CharacterTime(3, 4));

        assertThat(SungVowel.of("ra ei", times, 10))
                .containsExactly(new SungVowel("a", 1, 1.5), new SungVowel("i", 3, 4));
        assertThat(SungVowel.of("ra ei", times, 3.5)).containsExactly(new SungVowel("a", 1, 1.5));
        assertThat(SungVowel.of("ra ei", List.of(), 10)).isEmpty();
    }
}
