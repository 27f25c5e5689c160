package dev.segue.worker.corpus;

import dev.segue.worker.manifest.Mark;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Writes a song: a bar of introduction, then lines, of which every fourth belongs to the lead instrument, then a last
 * chord. What a song draws is its tempo, key, progression, rhythm of the words, motifs and words; everything else is the
 * genre's or the artist's. Used by one thread for one song. Longer than other classes because voice, lead and
 * accompaniment share one clock and one harmony.
 */
final class Composer {
    private static final double ENDING_SECONDS = 1.4;
    private static final int LINES_BETWEEN_LEADS = 4;
    private static final int BASS_OCTAVE = 48;
    /** A multiple of the numbers of choices that there are. */
    private static final int MOST_CHOICES = 6;

    private final Genre genre;
    private final Artist artist;
    private final Random draws;
    private final double beat;
    private final int tempo;
    private final int tonic;
    private final List<Integer> progression;
    private final Melody melody;
    private final Lyricist lyricist;
    private final List<Sung> sung = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private final List<Drum.Stroke> strokes = new ArrayList<>();
    private final List<Mark> chords = new ArrayList<>();
    private final List<Mark> sections = new ArrayList<>();
    private final StringBuilder lyrics = new StringBuilder();

    private Composer(Genre genre, Artist artist, Lyricist lyricist, Random draws) {
        this.genre = genre;
        this.artist = artist;
        this.lyricist = lyricist;
        this.draws = draws;
        this.tempo = choose(genre.tempos());
        this.tonic = choose(genre.tonics());
        this.progression = choose(genre.progressions());
        this.beat = 60.0 / tempo;
        this.melody = new Melody(genre.scale(), tonic, draws);
    }

    /**
     * A song.
     *
     * @param seconds it lasts at most so long, and less than a line less
     * @param seed of everything that is drawn
     */
    static Score compose(Genre genre, Artist artist, Lyricist lyricist, double seconds, long seed) {
        return new Composer(genre, artist, lyricist, Seeds.random(seed)).compose(seconds);
    }

    private Score compose(double seconds) {
        int beatsPerLine = genre.beats() * genre.barsPerLine();
        int lines = (int) ((seconds - ENDING_SECONDS - genre.beats() * beat) / (beatsPerLine * beat));
        List<Double> rhythm = choose(genre.rhythms());
        sections.add(new Mark(0, "introduction"));
        lead(0, genre.beats());
        int at = genre.beats();
        for (int line = 0; line < lines; line++) {
            boolean leads = line % LINES_BETWEEN_LEADS == LINES_BETWEEN_LEADS - 1 && line < lines - 1;
            if (leads) {
                sections.add(new Mark(at * beat, "lead"));
                lead(at, beatsPerLine);
            } else {
                if (line % LINES_BETWEEN_LEADS == 0) {
                    sections.add(new Mark(at * beat, "verse"));
                }
                verse(at, rhythm, beatsPerLine);
            }
            at += beatsPerLine;
        }
        accompany(at);
        sections.add(new Mark(at * beat, "ending"));
        end(at);
        String key = Tuning.name(tonic) + " " + genre.scale().label();
        return new Score(
                genre,
                artist,
                lyrics.toString(),
                at * beat + ENDING_SECONDS,
                tempo,
                key,
                sung,
                notes,
                strokes,
                chords,
                sections);
    }

    private <T> T choose(List<T> choices) {
        return choices.get(draws.nextInt(MOST_CHOICES) % choices.size());
    }

    private int degreeAt(double beatOfSong) {
        // The introduction stays on the first chord, so that every line begins where the progression begins or turns.
        double sinceFirstLine = beatOfSong - genre.beats();
        if (sinceFirstLine < 0) {
            return progression.get(0);
        }
        return progression.get((int) (sinceFirstLine / genre.beatsPerChord()) % progression.size());
    }

    private void verse(int from, List<Double> rhythm, int beatsPerLine) {
        if (lyrics.length() > 0) {
            lyrics.append('\n');
        }
        int offset = lyrics.length();
        String line = lyricist.line(rhythm.size(), draws);
        lyrics.append(line);
        List<Syllables.Syllable> syllables = Syllables.of(line);
        Voice voice = artist.voice();
        double lineEnd = beatsPerLine - 0.25;
        for (int i = 0; i < rhythm.size(); i++) {
            double next = i + 1 < rhythm.size() ? rhythm.get(i + 1) : Math.min(lineEnd, rhythm.get(i) + 2);
            double seconds = (next - rhythm.get(i)) * beat * voice.held() - voice.release() * 0.5;
            Syllables.Syllable syllable = syllables.get(i);
            int pitch = melody.next(degreeAt(from + rhythm.get(i)), i, rhythm.size(), voice.lowest(), voice.highest());
            sung.add(Diction.sing(
                    new Syllables.Syllable(offset + syllable.first(), syllable.text()),
                    (from + rhythm.get(i)) * beat,
                    seconds,
                    pitch));
        }
    }

    private void lead(int from, int beats) {
        String rhythm = artist.leadRhythm();
        int halves = 2 * beats;
        int tones = (int) IntStream.range(0, halves)
                .filter(half -> rhythm.charAt(half % rhythm.length()) == 'x')
                .count();
        int tone = 0;
        for (int half = 0; half < halves; half++) {
            if (rhythm.charAt(half % rhythm.length()) == 'x') {
                int length = 1;
                while (half + length < halves && rhythm.charAt((half + length) % rhythm.length()) == '-') {
                    length++;
                }
                double start = from + half / 2.0;
                int pitch = leadPitch(degreeAt(start), tone, tones);
                notes.add(new Note(artist.lead(), start * beat, length * beat / 2 * 0.9, pitch, artist.leadLoudness()));
                tone++;
            }
        }
    }

    private int leadPitch(int degree, int tone, int tones) {
        return melody.next(degree, tone, tones, artist.leadCentre() - 6, artist.leadCentre() + 7);
    }

    /** What the genre's instruments play from the beginning to a beat. */
    private void accompany(int beats) {
        double lastDegree = -1;
        for (int at = 0; at < beats; at++) {
            int degree = degreeAt(at);
            if (degree != lastDegree) {
                chords.add(new Mark(at * beat, chordName(degree)));
                lastDegree = degree;
            }
        }
        int stepsPerBar = genre.beats() * genre.stepsPerBeat();
        double step = 1.0 / genre.stepsPerBeat();
        for (int i = 0; i < beats * genre.stepsPerBeat(); i++) {
            for (Part part : genre.parts()) {
                play(part, i, i % stepsPerBar, step);
            }
            for (Beat drum : genre.drums()) {
                char stroke = drum.bar().charAt(i % stepsPerBar);
                if (stroke != '.') {
                    double loudness = drum.loudness() * (stroke == 'X' ? 1.15 : 1);
                    strokes.add(new Drum.Stroke(drum.drum(), i * step * beat, loudness));
                }
            }
        }
    }

    private void play(Part part, int at, int inBar, double step) {
        char sign = part.bar().charAt(inBar);
        if (sign == '.' || sign == '-') {
            return;
        }
        int length = 1;
        while (inBar + length < part.bar().length() && part.bar().charAt(inBar + length) == '-') {
            length++;
        }
        double start = at * step;
        double loudness = part.loudness() * (sign == 'X' ? 1.15 : 1);
        int[] chord = chord(degreeAt(start), part.octave());
        int[] tones =
                switch (part.tones()) {
                    case ROOT -> new int[] {chord[0]};
                    case CHORD -> new int[] {chord[0], chord[1], chord[2]};
                    case SINGLE -> new int[] {chord[sign - '0']};
                };
        for (int tone : tones) {
            notes.add(new Note(part.instrument(), start * beat, length * step * beat * 0.95, tone, loudness));
        }
    }

    /** Root, third, fifth and octave; roots lie within one octave from f. */
    private int[] chord(int degree, int octave) {
        int root = tonic + genre.scale().semitones(degree);
        int base = Math.floorMod(root - 5, 12) + 5 - 12;
        int third = genre.scale().semitones(degree + 2) - genre.scale().semitones(degree);
        int fifth = genre.scale().semitones(degree + 4) - genre.scale().semitones(degree);
        int low = BASS_OCTAVE + base + 12 * octave;
        return new int[] {low, low + third, low + fifth, low + 12};
    }

    private String chordName(int degree) {
        int[] chord = chord(degree, 0);
        boolean minor = chord[1] - chord[0] == 3;
        boolean diminished = minor && chord[2] - chord[0] == 6;
        return Tuning.name(chord[0]) + (diminished ? " diminished" : minor ? " minor" : " major");
    }

    private void end(int at) {
        chords.add(new Mark(at * beat, chordName(0)));
        for (Part part : genre.parts()) {
            int[] tones = chord(0, part.octave());
            int count = part.tones() == Part.Tones.CHORD ? 3 : 1;
            for (int tone : Arrays.copyOf(tones, count)) {
                notes.add(new Note(part.instrument(), at * beat, ENDING_SECONDS - 0.45, tone, part.loudness()));
            }
        }
        int pitch = leadPitch(0, 0, 1);
        notes.add(new Note(artist.lead(), at * beat, ENDING_SECONDS - 0.45, pitch, artist.leadLoudness()));
    }
}
