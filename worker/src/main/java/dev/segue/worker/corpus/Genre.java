package dev.segue.worker.corpus;

import dev.segue.worker.corpus.Part.Tones;
import java.util.List;

/**
 * Kinds of music, made to be told apart by tempo, rhythm, harmony and instruments alike. A line of lyrics lasts between
 * 3.2 and 4 seconds in each, so that the place in the lyrics follows the place in the song.
 *
 * @param label as requests and manifests say it
 * @param beats of a bar
 * @param stepsPerBeat of what instruments and drums play
 * @param barsPerLine of lyrics
 * @param tempos that a song may have, in beats per minute
 * @param tonics that a song may have, as semitones above c
 * @param progressions that a song may have, each four degrees of the scale
 * @param rhythms that a song may have: on which beats of a line a syllable begins
 */
record Genre(
        String label,
        int beats,
        int stepsPerBeat,
        int barsPerLine,
        List<Integer> tempos,
        Scale scale,
        List<Integer> tonics,
        List<List<Integer>> progressions,
        int beatsPerChord,
        List<List<Double>> rhythms,
        List<Part> parts,
        List<Beat> drums) {
    /** Slow long chords, bells, no drums; major. */
    static final Genre DRIFT = new Genre(
            "drift",
            4,
            2,
            1,
            List.of(60, 62, 64),
            Scale.MAJOR,
            List.of(0, 5),
            List.of(List.of(0, 5, 3, 4), List.of(0, 3, 5, 4)),
            2,
            List.of(List.of(0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0), List.of(0.0, 0.5, 1.0, 2.0, 2.5, 3.0)),
            List.of(
                    new Part(Instrument.PAD, Tones.CHORD, 0, "x---x---", 0.42),
                    new Part(Instrument.SOFT_BASS, Tones.ROOT, -1, "x---x---", 0.9),
                    new Part(Instrument.BELL, Tones.SINGLE, 2, ".1.2.1.2", 0.30)),
            List.of());

    /** Three beats: a bass and two plucked chords; harmonic minor. */
    static final Genre WALTZ = new Genre(
            "waltz",
            3,
            2,
            2,
            List.of(100, 104, 108),
            Scale.HARMONIC_MINOR,
            List.of(9, 2),
            List.of(List.of(0, 3, 4, 0), List.of(0, 5, 3, 4)),
            3,
            List.of(List.of(0.0, 1.0, 2.0, 3.0, 4.0), List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0)),
            List.of(
                    new Part(Instrument.PLUCKED_BASS, Tones.ROOT, -1, "X.....", 1.3),
                    new Part(Instrument.STRING, Tones.CHORD, 1, "..x.x.", 0.58)),
            List.of());

    /** A shuffle of driven bass, organ and snare; mixolydian. */
    static final Genre STOMP = new Genre(
            "stomp",
            4,
            3,
            2,
            List.of(120, 122, 124),
            Scale.MIXOLYDIAN,
            List.of(4, 11),
            List.of(List.of(0, 6, 3, 0), List.of(0, 3, 6, 3)),
            4,
            List.of(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0), List.of(0.0, 1.0, 2.0, 4.0, 5.0, 6.0)),
            List.of(
                    new Part(Instrument.DRIVEN_BASS, Tones.ROOT, -1, "X.xx.xx.xx.x", 0.75),
                    new Part(Instrument.ORGAN, Tones.CHORD, 1, "..x..x..x..x", 0.20)),
            List.of(new Beat(Drum.KICK, "X.....X.....", 1.0), new Beat(Drum.SNARE, "...x.....x..", 0.75)));

    /** Fast machines: a kick on every beat, bass between, runs of short pulses; minor. */
    static final Genre CIRCUIT = new Genre(
            "circuit",
            4,
            4,
            2,
            List.of(142, 145, 148),
            Scale.MINOR,
            List.of(6, 1),
            List.of(List.of(0, 5, 2, 6), List.of(5, 6, 0, 0)),
            4,
            List.of(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0), List.of(0.0, 1.0, 2.0, 3.0, 4.0, 6.0)),
            List.of(
                    new Part(Instrument.PLUCKED_BASS, Tones.ROOT, -1, "..x-..x-..x-..x-", 0.9),
                    new Part(Instrument.PULSE, Tones.SINGLE, 2, "0120012001200123", 0.34)),
            List.of(
                    new Beat(Drum.KICK, "X...X...X...X...", 0.9),
                    new Beat(Drum.HAT, "..x...x...x...x.", 0.22),
                    new Beat(Drum.CLAP, "....x.......x...", 0.35)));

    /** Every one, in the order in which a corpus takes them. */
    static final List<Genre> ALL = List.of(DRIFT, WALTZ, STOMP, CIRCUIT);
}
