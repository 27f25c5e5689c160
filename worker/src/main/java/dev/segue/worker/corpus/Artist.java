package dev.segue.worker.corpus;

import java.util.List;

/**
 * Invented singers, made to be told apart by timbre, register and manners of voice and lead instrument alike. Each sings
 * every genre.
 *
 * @param label as requests and manifests say it
 * @param leadCentre pitch around which the lead instrument plays
 * @param leadRhythm one character for each half beat, as in {@link Part#bar}
 */
record Artist(String label, Voice voice, Instrument lead, int leadCentre, String leadRhythm, double leadLoudness) {
    /** High and dull, everything tied, a slow deep vibrato; a flute. */
    static final Artist ORLA_VENN = new Artist(
            "Orla Venn",
            new Voice(57, 69, 1.14, 1.7, 1.2, 0, 0.06, 0.09, 0.99, 0.5, 0.45, 5.0, 0.09, 0, 0),
            Instrument.FLUTE,
            74,
            "x---x---x-x-x---",
            1.0);

    /** Deep, short notes that are struck, no vibrato; a low reed. */
    static final Artist BRUM_HADDICK = new Artist(
            "Brum Haddick",
            new Voice(43, 55, 0.85, 1.3, 0.9, 0, 0.012, 0.03, 0.72, -0.9, 0, 0, 0, 0, 0),
            Instrument.CHALUMEAU,
            50,
            "x.x.x.x.x.x.x...",
            0.95);

    /** Of middle height, nasal and bright, a grace note before long ones, a fast vibrato; a fiddle. */
    static final Artist TILSE_MARROW = new Artist(
            "Tilse Marrow",
            new Voice(55, 67, 1.0, 0.85, 0.8, 0.9, 0.03, 0.05, 0.92, 0, 0.3, 7.0, 0, 2, 0),
            Instrument.FIDDLE,
            67,
            "x-xxx-x-x-xxx---",
            0.42);

    /** A man's voice doubled an octave below, even and swelling; struck bars. */
    static final Artist THE_PAIR_OF_UND = new Artist(
            "The Pair of Und",
            new Voice(52, 64, 0.93, 1.1, 1.3, 0, 0.12, 0.10, 0.96, 1.1, 0, 0, 0, 0, 0.7),
            Instrument.BARS,
            79,
            "x-x-x-x-x-x-x-x-",
            1.25);

    /** Every one, in the order in which a corpus takes them. */
    static final List<Artist> ALL = List.of(ORLA_VENN, BRUM_HADDICK, TILSE_MARROW, THE_PAIR_OF_UND);
}
