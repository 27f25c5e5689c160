package dev.segue.worker.corpus;

import java.util.List;

/**
 * Seven tones of an octave.
 *
 * @param label how it is called after the name of its first tone
 * @param tones as semitones above the first
 */
record Scale(String label, List<Integer> tones) {
    static final Scale MAJOR = new Scale("major", List.of(0, 2, 4, 5, 7, 9, 11));
    static final Scale HARMONIC_MINOR = new Scale("harmonic minor", List.of(0, 2, 3, 5, 7, 8, 11));
    static final Scale MIXOLYDIAN = new Scale("mixolydian", List.of(0, 2, 4, 5, 7, 9, 10));
    static final Scale MINOR = new Scale("minor", List.of(0, 2, 3, 5, 7, 8, 10));

    /** Semitones of a degree above the first tone; degrees go on above and below the octave. */
    int semitones(int degree) {
        return tones.get(Math.floorMod(degree, 7)) + 12 * Math.floorDiv(degree, 7);
    }
}
