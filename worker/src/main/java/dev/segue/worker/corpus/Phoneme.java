package dev.segue.worker.corpus;

/**
 * How one letter sounds. Every letter has a sound of its own, always the same, so that what is heard tells the letter.
 * Where a table of human vowels is meant, values are those of phonetics textbooks, moved apart where two were close.
 *
 * @param kind how it is made
 * @param first formant in Hz, of a voice of average size
 * @param second formant in Hz
 * @param third formant in Hz
 * @param voicing loudness of the voiced part, 1 for a vowel
 * @param noise loudness of the noise
 * @param noiseCentre in Hz
 * @param noiseWidth in Hz
 */
record Phoneme(
        Kind kind,
        double first,
        double second,
        double third,
        double voicing,
        double noise,
        double noiseCentre,
        double noiseWidth) {
    /** How a sound is made. */
    enum Kind {
        /** Lasts as long as the note; a syllable has at least one where it can. */
        VOWEL,
        /** Sounds alike from beginning to end. */
        CONTINUANT,
        /** The mouth is shut, then opens with a burst. */
        STOP,
        /** A stop's burst and then a continuant. */
        STOP_AND_HISS
    }

    /** Where in a stop the mouth opens, as a part of its length. */
    static final double OPENING = 0.55;

    /** Of a small letter, or null if the character is not sung. */
    static Phoneme of(char letter) {
        return switch (letter) {
            case 'a' -> vowel(820, 1250, 2600);
            case 'e' -> vowel(500, 1950, 2650);
            case 'i' -> vowel(290, 2350, 3100);
            case 'o' -> vowel(500, 880, 2450);
            case 'u' -> vowel(310, 640, 2200);
            case 'y' -> vowel(290, 1650, 2200);
            case 'm' -> voiced(250, 950, 2200, 0.40);
            case 'n' -> voiced(250, 1500, 2600, 0.40);
            case 'l' -> voiced(370, 1150, 2900, 0.55);
            case 'r' -> voiced(420, 1300, 1650, 0.55);
            case 'w' -> voiced(320, 580, 2200, 0.45);
            case 'j' -> hissing(270, 2150, 2900, 0.30, 0.16, 2900, 500);
            case 'v' -> hissing(260, 1100, 2200, 0.30, 0.07, 1900, 700);
            case 'z' -> hissing(260, 1600, 2500, 0.26, 0.13, 4800, 700);
            case 's' -> hissing(400, 1700, 2600, 0, 0.26, 4800, 700);
            case 'c' -> hissing(400, 1900, 2600, 0, 0.26, 2900, 500);
            case 'f' -> hissing(400, 1100, 2300, 0, 0.18, 1900, 700);
            case 'h' -> hissing(600, 1300, 2500, 0.05, 0.16, 1100, 500);
            case 'b' -> stop(250, 800, 2200, 0.22, 0.30, 700, 300);
            case 'd' -> stop(250, 1800, 2700, 0.22, 0.30, 3400, 600);
            case 'g' -> stop(250, 1400, 2100, 0.22, 0.30, 1600, 300);
            case 'p' -> stop(400, 800, 2200, 0, 0.45, 700, 300);
            case 't' -> stop(400, 1800, 2700, 0, 0.45, 3600, 600);
            case 'k' -> stop(400, 1500, 2100, 0, 0.45, 1600, 300);
            case 'q' -> stop(320, 700, 2100, 0, 0.45, 1050, 250);
            case 'x' -> new Phoneme(Kind.STOP_AND_HISS, 400, 1600, 2500, 0, 0.26, 4300, 700);
            default -> null;
        };
    }

    private static Phoneme vowel(double first, double second, double third) {
        return new Phoneme(Kind.VOWEL, first, second, third, 1, 0, 2000, 500);
    }

    private static Phoneme voiced(double first, double second, double third, double voicing) {
        return new Phoneme(Kind.CONTINUANT, first, second, third, voicing, 0, 2000, 500);
    }

    private static Phoneme hissing(
            double first, double second, double third, double voicing, double noise, double centre, double width) {
        return new Phoneme(Kind.CONTINUANT, first, second, third, voicing, noise, centre, width);
    }

    private static Phoneme stop(
            double first, double second, double third, double voicing, double noise, double centre, double width) {
        return new Phoneme(Kind.STOP, first, second, third, voicing, noise, centre, width);
    }

    boolean vowel() {
        return kind == Kind.VOWEL;
    }

    /** Loudness of the voiced part at a point of the sound, 0 at its beginning and 1 at its end. */
    double voicingAt(double place) {
        return kind == Kind.STOP && place >= OPENING ? 0 : voicing;
    }

    /** Loudness of the noise at a point of the sound. */
    double noiseAt(double place) {
        return switch (kind) {
            case VOWEL, CONTINUANT -> noise;
            case STOP -> place < OPENING ? 0 : noise;
            case STOP_AND_HISS -> place < 0.3 ? 0 : noise;
        };
    }
}
