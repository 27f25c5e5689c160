package dev.segue.standalone.request;

import dev.segue.worker.jukebox.DemoModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a song is told of its sound and its words. Whoever says nothing to the demo model is given words that it learnt to
 * follow, since it never heard a song without any; other models are told what was said and no more.
 *
 * @param artist whom it is to sound like; empty for nobody
 * @param genres what it is to sound like
 * @param lyrics what is sung; empty for nothing
 * @param chosen which of them were chosen here, for people; empty if none was
 */
public record Words(String artist, List<String> genres, String lyrics, List<String> chosen) {
    static final String ARTIST = "tilse marrow";
    static final String GENRE = "waltz";
    static final String LYRICS = """
            a golden lantern drifts
            my river remembers
            tonight a robin sings
            slow river into sand
            """;

    public Words {
        genres = List.copyOf(genres);
        chosen = List.copyOf(chosen);
    }

    /**
     * The words of a song.
     *
     * @param model which sings it
     * @param artist empty if nothing was said of one
     * @param genres empty if nothing was said of one
     * @param lyrics empty if nothing was said of them
     */
    public static Words of(String model, Optional<String> artist, List<String> genres, Optional<String> lyrics) {
        if (!model.equals(DemoModel.NAME)) {
            return new Words(artist.orElse(""), genres, lyrics.orElse(""), List.of());
        }
        List<String> chosen = new ArrayList<>();
        if (artist.isEmpty()) {
            chosen.add("artist \"" + ARTIST + "\"");
        }
        if (genres.isEmpty()) {
            chosen.add("genre \"" + GENRE + "\"");
        }
        if (lyrics.isEmpty()) {
            chosen.add("lyrics \"" + LYRICS.strip().replace("\n", " / ") + "\"");
        }
        return new Words(
                artist.orElse(ARTIST), genres.isEmpty() ? List.of(GENRE) : genres, lyrics.orElse(LYRICS), chosen);
    }

    /** What people are told of the choice; empty if nothing was chosen. */
    public Optional<String> choice() {
        return chosen.isEmpty()
                ? Optional.empty()
                : Optional.of("chosen for you: " + String.join(", ", chosen)
                        + "; say otherwise with --artist, --genre and --lyrics, segue models lists the names");
    }
}
