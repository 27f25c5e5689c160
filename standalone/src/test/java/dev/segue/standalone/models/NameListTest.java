package dev.segue.standalone.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.jukebox.labels.KnownNames;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Names for people. */
class NameListTest {
    @Test
    void aFewNamesAreAllListedAndOfThousandsTheFirst() {
        List<String> thousands =
                IntStream.range(1000, 5000).mapToObj(i -> "artist " + i).toList();

        assertThat(NameList.of(List.of("blues", "jazz"))).isEqualTo("blues, jazz");
        assertThat(NameList.of(thousands))
                .startsWith("artist 1000, artist 1001, ")
                .endsWith("artist 1023 and 3976 more");
    }

    @Test
    void aFieldHasItsOwnNamesOrNone() {
        KnownNames known = new KnownNames(List.of("luna march"), List.of());

        assertThat(NameList.ofField("artist", known)).contains("luna march");
        assertThat(NameList.ofField("genres", known)).isEmpty();
    }
}
