package dev.segue.worker.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every song keeps to, whatever is drawn. */
class ComposerTest {
    private static final double SECONDS = 40;

    private static List<Score> songs() {
        List<Score> songs = new ArrayList<>();
        Lyricist lyricist = Lyricist.standard();
        for (Genre genre : Genre.ALL) {
            for (Artist artist : Artist.ALL) {
                for (long seed = 0; seed < 4; seed++) {
                    songs.add(Composer.compose(genre, artist, lyricist, SECONDS, seed));
                }
            }
        }
        return songs;
    }

    @Test
    void singersKeepToTheirRangeAndSingOneSyllableAtATime() {
        for (Score song : songs()) {
            Voice voice = song.artist().voice();
            double before = 0;
            for (Sung sung : song.sung()) {
                assertThat(sung.pitch()).isBetween(voice.lowest(), voice.highest());
                assertThat(sung.start()).isGreaterThanOrEqualTo(before);
                assertThat(sung.seconds()).isGreaterThan(0.2);
                before = sung.end();
            }
        }
    }

    @Test
    void everySongHasAnIntroductionVersesALeadAndAnEnding() {
        for (Score song : songs()) {
            assertThat(song.sections())
                    .extracting(mark -> mark.name())
                    .startsWith("introduction", "verse", "lead", "verse")
                    .endsWith("ending");
            assertThat(song.sections()).extracting(mark -> mark.at()).isSorted();
            assertThat(song.seconds()).isBetween(SECONDS - 4.1, SECONDS);
        }
    }

    @Test
    void everyNoteBeginsWithinTheSong() {
        for (Score song : songs()) {
            assertThat(song.notes())
                    .allSatisfy(note -> assertThat(note.start()).isBetween(0.0, song.seconds() - note.seconds()));
            assertThat(song.strokes())
                    .allSatisfy(stroke -> assertThat(stroke.start()).isBetween(0.0, song.seconds()));
        }
    }

    @Test
    void genresDifferInTempoAndScaleAndSongsOfAGenreInKeyAndTempo() {
        List<Score> songs = songs();
        for (Genre genre : Genre.ALL) {
            List<Score> own =
                    songs.stream().filter(song -> song.genre().equals(genre)).toList();
            List<Score> others =
                    songs.stream().filter(song -> !song.genre().equals(genre)).toList();
            assertThat(others)
                    .extracting(Score::tempo)
                    .doesNotContainAnyElementsOf(own.stream().map(Score::tempo).toList());
            assertThat(others)
                    .extracting(Score::key)
                    .doesNotContainAnyElementsOf(own.stream().map(Score::key).toList());
            assertThat(own.stream().map(Score::tempo).distinct().count()).isGreaterThan(1);
            assertThat(own.stream().map(Score::key).distinct()).hasSize(2);
        }
    }

    @Test
    void aHarmonicMinorHasAMajorDominant() {
        Score song = Composer.compose(Genre.WALTZ, Artist.ORLA_VENN, Lyricist.standard(), SECONDS, 1);
        String dominant = song.key().startsWith("a ") ? "e major" : "a major";
        assertThat(song.chords()).extracting(mark -> mark.name()).contains(dominant);
    }
}
