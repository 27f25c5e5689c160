package dev.segue.worker.corpus;

/**
 * What one instrument of a genre plays in every bar.
 *
 * @param tones which tones of the chord
 * @param octave by which they are moved
 * @param bar one character a step: {@code .} rest, {@code x} a tone or the whole chord, {@code X} the same with an accent,
 *     {@code 0} to {@code 3} the chord's tone of that number, {@code -} the tone before goes on
 * @param loudness 1 is usual
 */
record Part(Instrument instrument, Tones tones, int octave, String bar, double loudness) {
    /** Which tones of a chord an instrument plays. */
    enum Tones {
        ROOT,
        CHORD,
        SINGLE
    }
}
