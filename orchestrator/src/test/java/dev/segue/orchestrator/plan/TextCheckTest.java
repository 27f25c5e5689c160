package dev.segue.orchestrator.plan;

import static dev.segue.orchestrator.plan.Verdicts.SONG_ID;
import static dev.segue.orchestrator.plan.Verdicts.assertFine;
import static dev.segue.orchestrator.plan.Verdicts.assertRefused;
import static dev.segue.orchestrator.plan.Verdicts.request;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids, names and lyrics, with the very sentence that their producer reads. */
class TextCheckTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a_b", "ä", "a b", "../etc"})
    void aMalformedSongIdIsRefused(String id) {
        assertRefused(request().setSongId(id), "songId is \"" + id + "\"" + SONG_ID);
    }

    @Test
    void aSongIdOfMoreThan64CharactersIsRefusedAndShownShortened() {
        assertFine(request().setSongId("a".repeat(64)));
        assertRefused(
                request().setSongId("a".repeat(65)), "songId is \"" + "a".repeat(60) + "…\" (65 characters)" + SONG_ID);
    }

    @Test
    void lyricsThatAreTooLongAreRefusedAndShownShortened() {
        assertFine(request().setLyrics("la ".repeat(6666)));
        assertRefused(
                request().setLyrics("la ".repeat(350_000)),
                "lyrics is \"" + "la ".repeat(20)
                        + "…\" (1050000 characters), but must have at most 20000 characters and"
                        + " has 1050000; shorten it.");
    }

    @Test
    void lyricsInAnyScriptPass() {
        assertFine(request().setLyrics("שיר חדש\ne\u0301\u0301\u0301 🎵 歌"));
    }

    @Test
    void namesThatAreTooLongAreRefused() {
        String shown = " is \"" + "x".repeat(60) + "…\" (201 characters), but must have at most 200 characters and has"
                + " 201; shorten it.";
        String name = "x".repeat(201);
        assertRefused(
                request().setArtist(name).setGenres(List.of("pop", name)).setTenant(name),
                "artist" + shown,
                "genres[1]" + shown,
                "tenant" + shown);
    }

    @Test
    void namesWithControlCharactersAreRefused() {
        assertRefused(
                request().setArtist("a\u0000b").setGenres(List.of("x\n")).setTenant("\u001b[31m"),
                "artist is \"a\\u0000b\", but character 1 is the control character U+0000; remove it.",
                "genres[0] is \"x\\u000a\", but character 1 is the control character U+000A; remove it.",
                "tenant is \"\\u001b[31m\", but character 0 is the control character U+001B; remove it.");
    }

    @Test
    void namesThatAreNoneAreRefusedWhereOneIsNeeded() {
        assertRefused(
                request().setGenres(List.of(" ")).setTenant(""),
                "genres[0] is \" \", but must not be blank; remove it.",
                "tenant is \"\", but must not be blank; name one, or leave the field at its default.");
    }

    @Test
    void tooManyGenresAreRefused() {
        assertFine(request().setGenres(Collections.nCopies(16, "pop")));
        assertRefused(
                request().setGenres(Collections.nCopies(17, "pop")),
                "genres is a list of 17, but must have at most 16 entries; name the most important ones.");
    }
}
