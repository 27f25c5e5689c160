package dev.segue.worker.corpus;

import java.util.ArrayList;
import java.util.List;

/**
 * When each letter of a syllable sounds: consonants are short and of one length, vowels share what is left. This is the
 * truth that an alignment is held against.
 */
final class Diction {
    private static final double CONSONANT_SECONDS = 0.085;
    /** Of a syllable's time, so that a vowel can always be heard. */
    private static final double MOST_CONSONANTS = 0.55;

    private Diction() {}

    /**
     * Spreads a syllable over its time.
     *
     * @param syllable of the lyrics
     * @param start in seconds
     * @param seconds that it sounds
     */
    static Sung sing(Syllables.Syllable syllable, double start, double seconds, int pitch) {
        int vowels = 0;
        for (int i = 0; i < syllable.text().length(); i++) {
            vowels += Phoneme.of(syllable.text().charAt(i)).vowel() ? 1 : 0;
        }
        int consonants = syllable.text().length() - vowels;
        double consonant = consonants == 0 ? 0 : Math.min(CONSONANT_SECONDS, MOST_CONSONANTS * seconds / consonants);
        if (vowels == 0) {
            consonant = seconds / consonants;
        }
        double vowel = vowels == 0 ? 0 : (seconds - consonants * consonant) / vowels;
        List<Sung.Letter> letters = new ArrayList<>();
        double at = start;
        for (int i = 0; i < syllable.text().length(); i++) {
            Phoneme phoneme = Phoneme.of(syllable.text().charAt(i));
            double end = at + (phoneme.vowel() ? vowel : consonant);
            letters.add(new Sung.Letter(syllable.first() + i, phoneme, at, end));
            at = end;
        }
        return new Sung(start, seconds, pitch, letters);
    }
}
