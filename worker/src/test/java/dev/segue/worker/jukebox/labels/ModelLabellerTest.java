package dev.segue.worker.jukebox.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.model.InvalidModelException;
import dev.segue.contracts.model.LabelVersion;
import dev.segue.contracts.model.ModelShape;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.HyperparameterSets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** 1b_lyrics: a top level with version 3 labels over upsamplers with version 2. */
class ModelLabellerTest {
    private static final int SECOND = 44_100;
    private static final ModelShape MODEL = HyperparameterSets.model("1b_lyrics");
    private static final LabelSet V2 = new LabelSet(
            LabelVersion.V2,
            IdentifierTable.of(Map.of("unknown", 0, "luna_march", 7)),
            IdentifierTable.of(Map.of("unknown", 0, "hip", 3, "hop", 4)));
    private static final LabelSet V3 = new LabelSet(
            LabelVersion.V3,
            IdentifierTable.of(Map.of("unknown", 0, "luna march", 2)),
            IdentifierTable.of(Map.of("unknown", 0, "hip hop", 5)));
    private static final ModelLabeller LABELLER =
            new ModelLabeller(MODEL, List.of(Optional.of(V2), Optional.of(V2), Optional.of(V3)));

    private static SongDescription song(String genre, double totalSeconds, double offsetSeconds) {
        return new SongDescription(
                "Luna March", genre, "La la", (long) (totalSeconds * SECOND), (long) (offsetSeconds * SECOND));
    }

    /** Windows of the top level for so many seconds. */
    private static List<Window> windows(double seconds) {
        Level top = MODEL.levels(HyperparameterSets.hopFractions()).get(2);
        return WindowSchedule.windows(top, top.codes((long) (seconds * SECOND)), 0);
    }

    @Test
    void eachLevelHearsTheSameWordsInItsOwnWay() {
        List<Optional<Labels>> labels = LABELLER.label(song("Hip Hop", 60, 0));
        assertThat(labels.get(2).orElseThrow().y()).hasSize(389).startsWith(60 * SECOND, 0, 786_432, 2, 5);
        assertThat(labels.get(1).orElseThrow().y()).containsExactly(60 * SECOND, 0, 262_144, 7, 3, 4, -1, -1, -1);
        assertThat(labels.get(0).orElseThrow().y()).containsExactly(60 * SECOND, 0, 65_536, 7, 3, 4, -1, -1, -1);
    }

    @Test
    void namesThatALevelDoesNotKnowAreReportedForThatLevel() {
        List<Optional<Labels>> labels = LABELLER.label(song("Hip Polka", 60, 0));
        assertThat(labels.get(2).orElseThrow().unknown())
                .containsExactly(new UnknownName(2, UnknownName.Kind.GENRE, "hip polka"));
        assertThat(labels.get(0).orElseThrow().unknown())
                .containsExactly(new UnknownName(0, UnknownName.Kind.GENRE, "polka"));
    }

    @Test
    void nothingIsReportedForNamesThatWereNotGiven() {
        SongDescription nobody = new SongDescription("", "", "", 60 * SECOND, 0);
        assertThat(LABELLER.label(nobody))
                .allSatisfy(labels -> assertThat(labels.orElseThrow().unknown()).isEmpty());
    }

    @Test
    void aSongThatFitsIsNotRefused() {
        assertThat(LABELLER.check(song("Hip Hop", 60, 0), windows(20))).isEmpty();
        assertThat(LABELLER.check(song("Hip Hop", 17.84, 0), windows(10))).isEmpty();
        assertThat(LABELLER.check(song("Hip Hop", 599.99, 580), windows(17.9))).isEmpty();
    }

    @Test
    void aSongOfATotalLengthThatTheModelDoesNotKnowIsRefused() {
        assertThat(LABELLER.check(song("Hip Hop", 17.83, 0), windows(20)))
                .get()
                .isInstanceOf(Rejection.TotalLengthOutOfRange.class)
                .extracting(Rejection::sentence)
                .isEqualTo("totalLength is 17.830 s (786302 samples), but the model knows songs of at least 17.84 s and"
                        + " less than 600.0 s only; choose a total length in that range.");
        assertThat(LABELLER.check(song("Hip Hop", 600, 0), windows(20)))
                .get()
                .isInstanceOf(Rejection.TotalLengthOutOfRange.class);
    }

    @Test
    void anOffsetOutsideTheSongIsRefused() {
        assertThat(LABELLER.check(song("Hip Hop", 60, 60), windows(20)))
                .contains(new Rejection.OffsetOutsideSong(60 * SECOND, 60 * SECOND));
        assertThat(LABELLER.check(song("Hip Hop", 60, -1), windows(20)))
                .get()
                .extracting(Rejection::sentence)
                .isEqualTo("offset is -44100 samples, but must be at least 0 and less than the total length of 2646000"
                        + " samples; lower the offset or raise the total length.");
    }

    @Test
    void aLastWindowThatStartsBehindTheSongIsRefused() {
        assertThat(LABELLER.check(song("Hip Hop", 20, 10), windows(40)))
                .get()
                .isInstanceOf(Rejection.WindowBehindSong.class)
                .extracting(Rejection::sentence)
                .asString()
                .endsWith("but must be before the end of the song at 882000 samples; sample less, lower the offset or"
                        + " raise the total length.");
    }

    @Test
    void aLastWindowThatEndsBeyondWhatTheModelKnowsIsRefused() {
        assertThat(LABELLER.check(song("Hip Hop", 599, 583), windows(17.9)))
                .get()
                .isInstanceOf(Rejection.WindowTooLate.class)
                .extracting(Rejection::sentence)
                .asString()
                .startsWith("end of the last window is 600.");
    }

    @Test
    void windowsThatAreDoneAreNotAskedAbout() {
        Level top = MODEL.levels(HyperparameterSets.hopFractions()).get(2);
        int codes = top.codes(40 * SECOND);
        assertThat(LABELLER.check(song("Hip Hop", 20, 10), WindowSchedule.windows(top, codes, codes)))
                .isEmpty();
    }

    @Test
    void moreGenreWordsThanALevelHearsAreRefused() {
        assertThat(LABELLER.check(song("a b c d e f", 60, 0), windows(20)))
                .contains(new Rejection.TooManyGenreWords("a b c d e f", 6, 0, 5))
                .get()
                .extracting(Rejection::sentence)
                .isEqualTo("genre is \"a b c d e f\" with 6 words, but level 0 hears at most 5; name at most 5.");
    }

    @Test
    void tablesOfAnotherVersionAreRefused() {
        assertThatThrownBy(() -> new ModelLabeller(MODEL, List.of(Optional.of(V2), Optional.of(V2), Optional.of(V2))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessage(
                        "levels[2].labels is of version V2, but its prior learnt version V3; use the tables the prior"
                                + " was trained with.");
    }

    @Test
    void missingTablesAreRefused() {
        assertThatThrownBy(() -> new ModelLabeller(MODEL, List.of(Optional.empty(), Optional.of(V2), Optional.of(V3))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith("levels[0].labels is missing, but its prior is labelled");
    }

    @Test
    void tablesWithMoreIdsThanThePriorHasRowsAreRefused() {
        LabelSet large = new LabelSet(LabelVersion.V3, V3.artists(), IdentifierTable.of(Map.of("a", 604)));
        assertThatThrownBy(
                        () -> new ModelLabeller(MODEL, List.of(Optional.of(V2), Optional.of(V2), Optional.of(large))))
                .isInstanceOf(InvalidModelException.class)
                .hasMessageStartingWith(
                        "levels[2].labels.genres is a table with id 604, but the prior has rows 0 to 603");
    }
}
