package dev.segue.worker.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** From words to letters that have a time. */
class LyricsTest {
    private final Lyricist lyricist = Lyricist.standard();

    @Test
    void everyLetterHasASoundOfItsOwn() {
        List<Phoneme> sounds = IntStream.rangeClosed('a', 'z')
                .mapToObj(letter -> Phoneme.of((char) letter))
                .toList();
        assertThat(sounds).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(Phoneme.of(' ')).isNull();
        assertThat(Phoneme.of('\n')).isNull();
    }

    @Test
    void wordsAreCutBeforeTheLastConsonantBetweenTwoVowels() {
        assertThat(texts("lantern under rain")).containsExactly("lan", "tern", "un", "der", "rain");
        assertThat(texts("i stream hm")).containsExactly("i", "stream", "hm");
    }

    private static List<String> texts(String text) {
        return Syllables.of(text).stream().map(Syllables.Syllable::text).toList();
    }

    @Test
    void syllablesHoldEveryLetterOnceAndKnowItsPlace() {
        String text = "river\nand a moon";
        for (Syllables.Syllable syllable : Syllables.of(text)) {
            assertThat(text.substring(syllable.first())).startsWith(syllable.text());
        }
        assertThat(String.join("", texts(text))).isEqualTo("riverandamoon");
    }

    @Test
    void linesHaveTheSyllablesThatWereAskedFor() {
        Random draws = new Random(1);
        for (int syllables = 5; syllables <= 7; syllables++) {
            for (int i = 0; i < 50; i++) {
                assertThat(Syllables.of(lyricist.line(syllables, draws))).hasSize(syllables);
            }
        }
    }

    @Test
    void linesAreManyAndUseHundredsOfWordsAndEveryLetter() {
        Random draws = new Random(1);
        Set<String> lines =
                IntStream.range(0, 2000).mapToObj(i -> lyricist.line(6, draws)).collect(Collectors.toSet());
        assertThat(lines).hasSizeGreaterThan(1980);
        assertThat(lyricist.vocabulary()).isGreaterThan(400);
        assertThat(String.join(" ", lines)).matches("[a-z ]+");
        assertThat(String.join("", lines).chars().filter(Character::isLetter).distinct())
                .hasSize(26);
    }

    @Test
    void consonantsAreShortAndVowelsFillTheNote() {
        Sung sung = Diction.sing(new Syllables.Syllable(10, "moon"), 2, 0.5, 60);
        assertThat(sung.letters()).extracting(Sung.Letter::index).containsExactly(10, 11, 12, 13);
        assertThat(sung.letters().get(0).start()).isEqualTo(2);
        assertThat(sung.letters().get(0).end() - 2).isBetween(0.08, 0.09);
        assertThat(sung.letters().get(3).end()).isBetween(2.4999, 2.5001);
    }

    @Test
    void aVowelIsHeardHoweverManyConsonantsStandAroundIt() {
        Sung sung = Diction.sing(new Syllables.Syllable(0, "strengths"), 0, 0.3, 60);
        double vowel = sung.letters().get(3).end() - sung.letters().get(3).start();
        assertThat(vowel).isGreaterThan(0.13);
        assertThat(Diction.sing(new Syllables.Syllable(0, "hm"), 0, 0.3, 60).letters())
                .extracting(letter -> letter.end() - letter.start())
                .allSatisfy(seconds -> assertThat(seconds).isBetween(0.149, 0.151));
    }
}
