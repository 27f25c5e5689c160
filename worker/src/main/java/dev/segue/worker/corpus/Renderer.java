package dev.segue.worker.corpus;

import java.util.EnumMap;
import java.util.Map;

/**
 * Makes sound of a score: voice in front, the lead a little behind it, the accompaniment behind both, one loudness for
 * every song. Immutable.
 */
final class Renderer {
    /** Root of the mean square of every song. */
    static final double LOUDNESS = 0.12;
    /** No sample is beyond it. */
    static final double PEAK = 0.89;

    private static final double VOICE = 1.0;
    private static final double LEAD = 0.55;
    private static final double ACCOMPANIMENT = 0.5;
    private static final double DRUMS = 1.1;
    /** Where loud samples begin to be pressed together. */
    private static final double KNEE = 0.6;

    private final int sampleRate;
    private final Map<Drum, float[]> drums = new EnumMap<>(Drum.class);

    /** For songs of a rate in Hz. */
    Renderer(int sampleRate) {
        this.sampleRate = sampleRate;
        for (Drum drum : Drum.values()) {
            drums.put(drum, drum.wave(sampleRate));
        }
    }

    /** The song's samples, mono. */
    float[] render(Score score) {
        float[] song = new float[(int) Math.round(score.seconds() * sampleRate)];
        for (Note note : score.notes()) {
            boolean leads = note.instrument().equals(score.artist().lead());
            note.instrument().play(note, song, sampleRate, leads ? LEAD : ACCOMPANIMENT);
        }
        for (Drum.Stroke stroke : score.strokes()) {
            strike(stroke, song);
        }
        new FormantVoice(score.artist().voice(), sampleRate).sing(score.sung(), song, VOICE);
        level(song);
        return song;
    }

    private void strike(Drum.Stroke stroke, float[] song) {
        float[] wave = drums.get(stroke.drum());
        int begin = (int) Math.round(stroke.start() * sampleRate);
        float gain = (float) (DRUMS * stroke.loudness());
        for (int i = 0; i < wave.length && begin + i < song.length; i++) {
            song[begin + i] += gain * wave[i];
        }
    }

    /** Sets loudness; samples that would be too large are bent below the peak, which happens to few. */
    private static void level(float[] song) {
        double power = 0;
        for (float sample : song) {
            power += (double) sample * sample;
        }
        double scale = LOUDNESS / Math.sqrt(power / song.length);
        double room = PEAK - KNEE;
        for (int i = 0; i < song.length; i++) {
            double sample = song[i] * scale;
            double beyond = Math.abs(sample) - KNEE;
            if (beyond > 0) {
                sample = Math.copySign(KNEE + room * beyond / (beyond + room), sample);
            }
            song[i] = (float) sample;
        }
    }
}
