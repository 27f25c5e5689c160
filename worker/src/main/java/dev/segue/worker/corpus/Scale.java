package dev.segue.worker.corpus;

/** Seven tones of an octave, as semitones above the first. */
enum Scale {
    MAJOR("major", 0, 2, 4, 5, 7, 9, 11),
    HARMONIC_MINOR("harmonic minor", 0, 2, 3, 5, 7, 8, 11),
    MIXOLYDIAN("mixolydian", 0, 2, 4, 5, 7, 9, 10),
    MINOR("minor", 0, 2, 3, 5, 7, 8, 10);

    private final String label;
    private final int[] semitones;

    Scale(String label, int... semitones) {
        this.label = label;
        this.semitones = semitones;
    }

    /** How it is called after the name of its first tone. */
    String label() {
        return label;
    }

    /** Semitones of a degree above the first tone; degrees go on above and below the octave. */
    int semitones(int degree) {
        return semitones[Math.floorMod(degree, 7)] + 12 * Math.floorDiv(degree, 7);
    }
}
