package dev.segue.standalone.request;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a song is told of, said or not. */
class WordsTest {
    private static final Optional<String> NOTHING = Optional.empty();

    @Test
    void whoeverSaysNothingToTheDemoIsGivenWordsAndTold() {
        Words words = Words.of("demo", NOTHING, List.of(), NOTHING);

        assertThat(words.artist()).isEqualTo("tilse marrow");
        assertThat(words.genres()).containsExactly("waltz");
        assertThat(words.lyrics().lines()).hasSizeGreaterThan(1).allMatch(line -> line.matches("[a-z ]+"));
        assertThat(words.choice().orElseThrow())
                .contains("artist \"tilse marrow\"", "genre \"waltz\"", "lyrics \"a golden lantern drifts / my")
                .contains("--lyrics", "segue models");
    }

    @Test
    void onlyWhatWasNotSaidIsChosen() {
        Words genre = Words.of("demo", NOTHING, List.of("stomp"), NOTHING);
        Words all = Words.of("demo", Optional.of("orla venn"), List.of("drift"), Optional.of("la"));

        assertThat(genre.genres()).containsExactly("stomp");
        assertThat(genre.choice().orElseThrow()).contains("tilse marrow").doesNotContain("waltz", "stomp");
        assertThat(all).isEqualTo(new Words("orla venn", List.of("drift"), "la", List.of()));
        assertThat(all.choice()).isEmpty();
    }

    @Test
    void nothingCanBeSaidOnPurpose() {
        Words words = Words.of("demo", Optional.of(""), List.of("waltz"), Optional.of(""));

        assertThat(words.artist()).isEmpty();
        assertThat(words.lyrics()).isEmpty();
        assertThat(words.choice()).isEmpty();
    }

    @Test
    void otherModelsAreToldWhatWasSaidAndNoMore() {
        assertThat(Words.of("1b_lyrics", NOTHING, List.of(), NOTHING))
                .isEqualTo(new Words("", List.of(), "", List.of()));
    }
}
