package dev.segue.worker.corpus;

import java.util.List;

/**
 * What plays: partials of fixed loudness and decay under an attack and a release, all below the highest frequency that
 * there is. Each tone begins at the same phase, so that the same tone is the same wave every time.
 *
 * @param ratios of the partials' frequencies to the tone's
 * @param loudness of the partials
 * @param decay of the first partial, as a rate per second
 * @param decayPerPartial by which each further one decays faster
 * @param attack in seconds
 * @param release in seconds
 * @param vibrato depth in semitones
 * @param vibratoRate in Hz
 */
record Instrument(
        List<Double> ratios,
        List<Double> loudness,
        double decay,
        double decayPerPartial,
        double attack,
        double release,
        double vibrato,
        double vibratoRate) {
    /** A soft bank of pipes for long chords. */
    static final Instrument PAD =
            new Instrument(List.of(1.0, 2.0, 3.0, 4.0), List.of(1.0, 0.35, 0.16, 0.05), 0, 0, 0.22, 0.30, 0, 0);

    /** An organ for short chords. */
    static final Instrument ORGAN = new Instrument(
            List.of(1.0, 2.0, 3.0, 4.0, 6.0, 8.0), List.of(1.0, 0.8, 0.55, 0.4, 0.25, 0.15), 0, 0, 0.008, 0.03, 0, 0);

    /** A plucked string. */
    static final Instrument STRING = new Instrument(
            List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0),
            List.of(1.0, 0.6, 0.42, 0.3, 0.2, 0.14, 0.09, 0.06),
            2.2,
            0.9,
            0.003,
            0.05,
            0,
            0);

    /** A small bell. */
    static final Instrument BELL =
            new Instrument(List.of(1.0, 2.756, 5.404), List.of(1.0, 0.45, 0.16), 1.6, 1.7, 0.002, 0.25, 0, 0);

    /** A hollow pulse that is short. */
    static final Instrument PULSE = new Instrument(
            List.of(1.0, 3.0, 5.0, 7.0, 9.0, 11.0),
            List.of(1.0, 0.5, 0.36, 0.26, 0.18, 0.12),
            7.0,
            1.0,
            0.003,
            0.02,
            0,
            0);

    /** A bass as soft as a pipe. */
    static final Instrument SOFT_BASS = new Instrument(List.of(1.0, 2.0), List.of(1.0, 0.25), 0.3, 0, 0.03, 0.12, 0, 0);

    /** A plucked bass. */
    static final Instrument PLUCKED_BASS =
            new Instrument(List.of(1.0, 2.0, 3.0, 4.0), List.of(1.0, 0.55, 0.25, 0.1), 1.8, 1.2, 0.004, 0.06, 0, 0);

    /** A bass with an edge. */
    static final Instrument DRIVEN_BASS = new Instrument(
            List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0),
            List.of(1.0, 0.75, 0.6, 0.45, 0.32, 0.22, 0.14),
            1.0,
            0.5,
            0.005,
            0.03,
            0,
            0);

    /** Lead: almost a sine, with breath in its vibrato. */
    static final Instrument FLUTE =
            new Instrument(List.of(1.0, 2.0, 3.0), List.of(1.0, 0.14, 0.04), 0, 0, 0.06, 0.10, 0.16, 5.2);

    /** Lead: odd partials only, hollow and low. */
    static final Instrument CHALUMEAU = new Instrument(
            List.of(1.0, 3.0, 5.0, 7.0, 9.0), List.of(1.0, 0.6, 0.32, 0.18, 0.08), 0, 0, 0.012, 0.04, 0, 0);

    /** Lead: all partials, with a fast vibrato. */
    static final Instrument FIDDLE = new Instrument(
            List.of(1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0),
            List.of(0.7, 0.9, 1.0, 0.9, 0.55, 0.4, 0.42, 0.36, 0.2, 0.12),
            0,
            0,
            0.04,
            0.06,
            0.28,
            6.8);

    /** Lead: struck bars. */
    static final Instrument BARS =
            new Instrument(List.of(1.0, 3.93, 9.2), List.of(1.0, 0.5, 0.14), 3.0, 3.0, 0.002, 0.10, 0, 0);

    private static final double SILENT = 1e-4;
    private static final int VIBRATO_FRAME = 64;

    /** Adds one tone to a song's samples. */
    void play(Note note, float[] song, int sampleRate, double gain) {
        for (int partial = 0; partial < ratios.size(); partial++) {
            double frequency = Tuning.frequency(note.pitch()) * ratios.get(partial);
            if (frequency < 0.45 * sampleRate) {
                play(note, song, sampleRate, partial, frequency, gain * note.loudness() * loudness.get(partial));
            }
        }
    }

    private void play(Note note, float[] song, int sampleRate, int partial, double frequency, double gain) {
        int begin = (int) Math.round(note.start() * sampleRate);
        int rising = Math.max(1, (int) Math.round(attack * sampleRate));
        int held = (int) Math.round(note.seconds() * sampleRate);
        int falling = Math.max(1, (int) Math.round(release * sampleRate));
        int length = Math.min(song.length - begin, held + falling);
        double fading = StrictMath.exp(-(decay + decayPerPartial * partial) / sampleRate);
        double level = gain;
        int phase = 0;
        int step = Sines.step(frequency, sampleRate);
        for (int i = 0; i < length && level > SILENT * gain; i++) {
            if (vibrato > 0 && i % VIBRATO_FRAME == 0) {
                step = Sines.step(frequency * bend(i / (double) sampleRate), sampleRate);
            }
            double shape = i < rising ? i / (double) rising : 1;
            if (i > held) {
                shape *= 1 - (i - held) / (double) falling;
            }
            song[begin + i] += (float) (level * shape * Sines.sine(phase));
            level *= fading;
            phase += step;
        }
    }

    private double bend(double time) {
        double growing = Math.min(1, time / 0.3);
        double semitones = vibrato * growing * StrictMath.sin(2 * StrictMath.PI * vibratoRate * time);
        return StrictMath.pow(2, semitones / 12);
    }
}
