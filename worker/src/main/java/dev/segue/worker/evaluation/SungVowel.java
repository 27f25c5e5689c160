package dev.segue.worker.evaluation;

import dev.segue.worker.manifest.CharacterTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A vowel of a song's lyrics and when it is sung.
 *
 * @param letter one of a e i o u y
 * @param start in seconds
 * @param end in seconds
 */
public record SungVowel(String letter, double start, double end) {
    /** A vowel that is shorter cannot be told from its neighbours. */
    public static final double SHORTEST_SECONDS = 0.06;

    private static final String LETTERS = "aeiouy";

    /**
     * The vowels of lyrics that are sung long enough, within the sound.
     *
     * @param times of each character (code point) of the lyrics; empty if nobody knows
     * @param seconds that the sound lasts
     */
    public static List<SungVowel> of(String lyrics, List<CharacterTime> times, double seconds) {
        List<SungVowel> vowels = new ArrayList<>();
        int[] letters = lyrics.codePoints().toArray();
        for (int i = 0; i < times.size(); i++) {
            CharacterTime time = times.get(i);
            boolean whole = time.sung() && time.end() <= seconds;
            if (LETTERS.indexOf(letters[i]) >= 0 && whole && time.end() - time.start() >= SHORTEST_SECONDS) {
                vowels.add(new SungVowel(Character.toString(letters[i]), time.start(), time.end()));
            }
        }
        return vowels;
    }
}
