package dev.segue.orchestrator.status.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.orchestrator.status.document.AudioDocument;
import dev.segue.orchestrator.status.document.FailureDocument;
import dev.segue.orchestrator.status.document.FileDocument;
import dev.segue.orchestrator.status.document.LevelDocument;
import dev.segue.orchestrator.status.document.ModelDocument;
import dev.segue.orchestrator.status.document.ModelList;
import dev.segue.orchestrator.status.document.Problem;
import dev.segue.orchestrator.status.document.ProblemDocument;
import dev.segue.orchestrator.status.document.SegmentDocument;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongList;
import dev.segue.orchestrator.status.document.SongRow;
import dev.segue.orchestrator.status.document.SongStatus;
import dev.segue.orchestrator.status.document.UnknownWordDocument;
import dev.segue.orchestrator.status.http.Pages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the server says of songs without any script. */
class RenderedPagesTest {
    private static final String HOSTILE = "\"'><img src=x onerror=alert(1)><script>alert(2)</script>";
    private static final String ESCAPED = "&lt;img src=x onerror=alert(1)&gt;";
    private static final Instant THEN = Instant.parse("2026-03-04T05:06:07Z");

    private final RenderedPages pages = RenderedPages.load();

    @ParameterizedTest
    @EnumSource(SongStatus.class)
    void wordsOfStrangersAreNeverMarkup(SongStatus state) {
        SongDocument song = song(state, HOSTILE);
        String page = pages.song(song);
        assertThat(page).contains(ESCAPED).doesNotContain("<img", "<script>");
        String list = pages.songs(
                new SongList(List.of(new SongRow(song)), 1, Optional.of("next")),
                new Pages.Query(Optional.of(state), Optional.empty(), 50),
                new ModelList(List.of(model(HOSTILE))));
        assertThat(list).contains(ESCAPED).doesNotContain("<img", "<script>");
    }

    @Test
    void aProblemSaysWhatIsWrongAndLeadsBack() {
        String page = pages.problem(new Problem(
                "about:blank",
                "Not Found",
                404,
                "id is " + HOSTILE,
                Optional.of("id"),
                Optional.of("see /songs"),
                List.of(ProblemDocument.of("id", HOSTILE, "no such song is known", "see /songs"))));
        assertThat(page).contains("404", ESCAPED, "href=\"/songs\"").doesNotContain("<img", "<script");
    }

    @ParameterizedTest
    @EnumSource(SongStatus.class)
    void everyStateHasASentence(SongStatus state) {
        assertThat(pages.song(song(state, "Orla Venn")))
                .contains(SongWords.state(state), "data-state=\"" + state.word() + "\"", "class=\"said");
    }

    @Test
    void aSongThatFailedSaysWhyAndAfterHowManyTries() {
        assertThat(pages.song(song(SongStatus.FAILED, "the disk is full")))
                .contains("Why it failed", "the disk is full", "after 3 tries");
    }

    @Test
    void aSongOfWhichNothingIsKnownYetIsAPageAllTheSame() {
        SongDocument bare = new SongDocument(
                "bare",
                "",
                SongStatus.RECEIVED,
                Optional.empty(),
                "",
                List.of(),
                "",
                Optional.empty(),
                THEN,
                THEN,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty());
        assertThat(pages.song(bare)).contains("<h1>bare</h1>", "no known length", "An instrumental");
    }

    @Test
    void everythingThatAPageNamesIsThere() {
        String page = pages.song(song(SongStatus.SAMPLING, "Orla Venn"));
        List<String> named = java.util.regex.Pattern.compile("/assets/([0-9a-f]+)/([a-z.]+)")
                .matcher(page)
                .results()
                .map(match -> match.group(1) + " " + match.group(2))
                .toList();
        assertThat(named).hasSizeGreaterThan(8).allSatisfy(each -> {
            String[] parts = each.split(" ");
            assertThat(pages.asset(parts[0], parts[1])).hasValueSatisfying(asset -> {
                assertThat(asset.lasting()).isTrue();
                assertThat(asset.content()).isNotEmpty();
            });
        });
    }

    @Test
    void anAssetOfAnotherVersionIsNotKeptForGoodAndOneThatIsNotThereIsNone() {
        assertThat(pages.asset("0123456789ab", "page.css"))
                .hasValueSatisfying(asset -> assertThat(asset.lasting()).isFalse());
        assertThat(pages.asset("0123456789ab", "../RenderedPages.class")).isEmpty();
    }

    private static ModelDocument model(String name) {
        return new ModelDocument(
                name, "0".repeat(64), name, name, 22_050, List.of(8, 32, 128), List.of(name), List.of(name));
    }

    private static SongDocument song(SongStatus state, String words) {
        LevelDocument level = new LevelDocument(2, 128, 40, 100, 0, 4, 1, List.of(new SegmentDocument(0, 100, 40)));
        return new SongDocument(
                "a-song",
                words,
                state,
                Optional.of(words),
                words,
                List.of(words, "waltz"),
                words + "\n\n" + words,
                Optional.of(12.5),
                THEN,
                THEN.plusSeconds(9),
                7,
                Optional.of(42L),
                Optional.of(22_050),
                Optional.of(12_800L),
                Optional.of(words + "!"),
                List.of(new UnknownWordDocument(2, "artist", words)),
                Optional.of(3),
                Optional.of(20.0),
                0.4,
                List.of(level),
                List.of(new AudioDocument(2, 0, 6400, "/songs/a-song/audio/2/0-6400.flac", 900)),
                List.of(new FileDocument("song.flac", "/songs/a-song/files/song.flac", "audio/flac", 1000)),
                state == SongStatus.REJECTED
                        ? List.of(ProblemDocument.of("artist", words, "must be short", "shorten it"))
                        : List.of(),
                state == SongStatus.FAILED
                        ? Optional.of(new FailureDocument("WORKER", words, "window 3 of level 2", 3))
                        : Optional.empty(),
                Optional.of(words));
    }
}
