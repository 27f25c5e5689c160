package dev.segue.worker.corpus;

/**
 * How an artist sings: the size of the throat and the manners.
 *
 * @param lowest pitch that is sung
 * @param highest pitch that is sung
 * @param size by which all formants are multiplied; a larger throat has lower ones
 * @param tilt exponent with which harmonics grow weaker: 1 is bright, 2 is dull
 * @param bandwidth of formants, 1 is average; a narrow one rings
 * @param nasal loudness of an extra resonance at 1 kHz times the size
 * @param attack of a syllable in seconds
 * @param release of a syllable in seconds
 * @param held how much of a syllable's time it sounds, at most 1
 * @param swell how loudness moves through a syllable: below 0 it dies away, above 0 it grows
 * @param vibrato depth in semitones
 * @param vibratoRate in Hz
 * @param glide seconds that the pitch takes to come from the last note's
 * @param grace semitones of a short note before each long one; 0 for none
 * @param octave loudness of the same voice an octave below the melody
 */
record Voice(
        int lowest,
        int highest,
        double size,
        double tilt,
        double bandwidth,
        double nasal,
        double attack,
        double release,
        double held,
        double swell,
        double vibrato,
        double vibratoRate,
        double glide,
        int grace,
        double octave) {}
