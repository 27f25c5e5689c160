package dev.segue.worker.corpus;

import java.util.List;

/**
 * One syllable on one note.
 *
 * @param start in seconds
 * @param seconds until it is silent
 * @param pitch of the note
 * @param letters in their order, which fill the time without a gap
 */
record Sung(double start, double seconds, int pitch, List<Letter> letters) {
    Sung {
        letters = List.copyOf(letters);
    }

    /**
     * One letter's sound.
     *
     * @param index of the character in the lyrics
     * @param phoneme how it sounds
     * @param start in seconds
     * @param end in seconds
     */
    record Letter(int index, Phoneme phoneme, double start, double end) {}

    double end() {
        return start + seconds;
    }
}
