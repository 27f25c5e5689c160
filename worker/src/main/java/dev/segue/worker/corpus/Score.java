package dev.segue.worker.corpus;

import dev.segue.worker.manifest.Mark;
import java.util.List;

/**
 * A song before it sounds. Times are in seconds.
 *
 * @param lyrics lines of small letters and spaces, joined by line ends
 * @param tempo in beats per minute
 * @param key name of its first tone and its scale
 */
record Score(
        Genre genre,
        Artist artist,
        String lyrics,
        double seconds,
        int tempo,
        String key,
        List<Sung> sung,
        List<Note> notes,
        List<Drum.Stroke> strokes,
        List<Mark> chords,
        List<Mark> sections) {
    Score {
        sung = List.copyOf(sung);
        notes = List.copyOf(notes);
        strokes = List.copyOf(strokes);
        chords = List.copyOf(chords);
        sections = List.copyOf(sections);
    }
}
