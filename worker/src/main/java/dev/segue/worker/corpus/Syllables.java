package dev.segue.worker.corpus;

import java.util.ArrayList;
import java.util.List;

/**
 * Words cut into syllables by the letters alone: neighbouring vowels are one syllable; of the consonants between two
 * vowels the last one begins the next syllable.
 */
final class Syllables {
    private Syllables() {}

    /**
     * A part of a text that is sung on one note.
     *
     * @param first index of its first letter in the text
     * @param text its letters
     */
    record Syllable(int first, String text) {}

    /** Those of a text of small letters, spaces and line ends; a word without a vowel is one syllable. */
    static List<Syllable> of(String text) {
        List<Syllable> syllables = new ArrayList<>();
        for (int at = 0; at < text.length(); at++) {
            if (Phoneme.of(text.charAt(at)) != null) {
                int end = at;
                while (end < text.length() && Phoneme.of(text.charAt(end)) != null) {
                    end++;
                }
                cut(text, at, end, syllables);
                at = end;
            }
        }
        return syllables;
    }

    private static void cut(String text, int begin, int end, List<Syllable> into) {
        int from = begin;
        boolean sounded = false;
        for (int at = begin; at < end; at++) {
            boolean vowel = vowel(text, at);
            if (vowel && sounded && !vowel(text, at - 1)) {
                into.add(new Syllable(from, text.substring(from, at - 1)));
                from = at - 1;
            }
            sounded |= vowel;
        }
        into.add(new Syllable(from, text.substring(from, end)));
    }

    private static boolean vowel(String text, int at) {
        return Phoneme.of(text.charAt(at)).vowel();
    }
}
