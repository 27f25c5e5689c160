package dev.segue.worker.corpus;

import dev.segue.worker.corpus.Part.Tones;
import java.util.List;
import java.util.Locale;

/**
 * Kinds of music, made to be told apart by tempo, rhythm, harmony and instruments alike. A line of lyrics lasts between
 * 3.3 and 4 seconds in each, so that the place in the lyrics follows the place in the song.
 */
enum Genre {
    /** Slow long chords, bells, no drums; major. */
    DRIFT(
            4,
            2,
            1,
            new int[] {60, 62, 64},
            Scale.MAJOR,
            new int[] {0, 5},
            new int[][] {{0, 5, 3, 4}, {0, 3, 5, 4}},
            2,
            new double[][] {{0, 0.5, 1, 1.5, 2, 2.5, 3}, {0, 0.5, 1, 2, 2.5, 3}},
            List.of(
                    new Part(Instrument.PAD, Tones.CHORD, 0, "x---x---", 0.42),
                    new Part(Instrument.SOFT_BASS, Tones.ROOT, -1, "x---x---", 0.9),
                    new Part(Instrument.BELL, Tones.SINGLE, 2, ".1.2.1.2", 0.30)),
            List.of()),
    /** Three beats: a bass and two plucked chords; harmonic minor. */
    WALTZ(
            3,
            2,
            2,
            new int[] {100, 104, 108},
            Scale.HARMONIC_MINOR,
            new int[] {9, 2},
            new int[][] {{0, 3, 4, 0}, {0, 5, 3, 4}},
            3,
            new double[][] {{0, 1, 2, 3, 4}, {0, 1, 2, 3, 4, 5}},
            List.of(
                    new Part(Instrument.PLUCKED_BASS, Tones.ROOT, -1, "X.....", 1.3),
                    new Part(Instrument.STRING, Tones.CHORD, 1, "..x.x.", 0.58)),
            List.of()),
    /** A shuffle of driven bass, organ and snare; mixolydian. */
    STOMP(
            4,
            3,
            2,
            new int[] {120, 122, 124},
            Scale.MIXOLYDIAN,
            new int[] {4, 11},
            new int[][] {{0, 6, 3, 0}, {0, 3, 6, 3}},
            4,
            new double[][] {{0, 1, 2, 3, 4, 5, 6}, {0, 1, 2, 4, 5, 6}},
            List.of(
                    new Part(Instrument.DRIVEN_BASS, Tones.ROOT, -1, "X.xx.xx.xx.x", 0.75),
                    new Part(Instrument.ORGAN, Tones.CHORD, 1, "..x..x..x..x", 0.20)),
            List.of(new Beat(Drum.KICK, "X.....X.....", 1.0), new Beat(Drum.SNARE, "...x.....x..", 0.75))),
    /** Fast machines: a kick on every beat, bass between, runs of short pulses; minor. */
    CIRCUIT(
            4,
            4,
            2,
            new int[] {142, 145, 148},
            Scale.MINOR,
            new int[] {6, 1},
            new int[][] {{0, 5, 2, 6}, {5, 6, 0, 0}},
            4,
            new double[][] {{0, 1, 2, 3, 4, 5, 6}, {0, 1, 2, 3, 4, 6}},
            List.of(
                    new Part(Instrument.PLUCKED_BASS, Tones.ROOT, -1, "..x-..x-..x-..x-", 0.9),
                    new Part(Instrument.PULSE, Tones.SINGLE, 2, "0120012001200123", 0.34)),
            List.of(
                    new Beat(Drum.KICK, "X...X...X...X...", 0.9),
                    new Beat(Drum.HAT, "..x...x...x...x.", 0.22),
                    new Beat(Drum.CLAP, "....x.......x...", 0.35)));

    private final int beats;
    private final int stepsPerBeat;
    private final int barsPerLine;
    private final int[] tempos;
    private final Scale scale;
    private final int[] tonics;
    private final int[][] progressions;
    private final int beatsPerChord;
    private final double[][] rhythms;
    private final List<Part> parts;
    private final List<Beat> drums;

    /**
     * @param beats of a bar
     * @param tonics as semitones above c
     * @param progressions each four degrees of the scale
     * @param rhythms on which beats of a line a syllable begins
     */
    Genre(
            int beats,
            int stepsPerBeat,
            int barsPerLine,
            int[] tempos,
            Scale scale,
            int[] tonics,
            int[][] progressions,
            int beatsPerChord,
            double[][] rhythms,
            List<Part> parts,
            List<Beat> drums) {
        this.beats = beats;
        this.stepsPerBeat = stepsPerBeat;
        this.barsPerLine = barsPerLine;
        this.tempos = tempos;
        this.scale = scale;
        this.tonics = tonics;
        this.progressions = progressions;
        this.beatsPerChord = beatsPerChord;
        this.rhythms = rhythms;
        this.parts = parts;
        this.drums = drums;
    }

    /** As labels say it. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    int beats() {
        return beats;
    }

    int stepsPerBeat() {
        return stepsPerBeat;
    }

    int barsPerLine() {
        return barsPerLine;
    }

    int tempo(int choice) {
        return tempos[choice % tempos.length];
    }

    Scale scale() {
        return scale;
    }

    int tonic(int choice) {
        return tonics[choice % tonics.length];
    }

    /** Four degrees of the scale. */
    int[] progression(int choice) {
        return progressions[choice % progressions.length].clone();
    }

    int beatsPerChord() {
        return beatsPerChord;
    }

    /** On which beats of a line a syllable begins. */
    double[] rhythm(int choice) {
        return rhythms[choice % rhythms.length].clone();
    }

    List<Part> parts() {
        return parts;
    }

    List<Beat> drums() {
        return drums;
    }
}
