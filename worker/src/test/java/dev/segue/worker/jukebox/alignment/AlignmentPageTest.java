package dev.segue.worker.jukebox.alignment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.jukebox.labels.LyricVocabulary;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AlignmentPageTest {

    @Test
    void charactersAfterTheLastOneThatIsHeardAreNotShown() {
        Alignment alignment = Alignment.of(new float[][] {{.5f, 0, .5f, 0, 0}}, 5);
        assertThat(alignment.heardCharacters()).isEqualTo(3);
    }

    @Test
    void aSongWithoutLyricsHasAPageWithoutCharacters() {
        AlignmentPage page = AlignmentPage.of(Alignment.of(new float[64][0], 0), new int[0], LyricVocabulary.V3);
        assertThat(page.characters()).isEmpty();
        assertThat(page.rows()).hasDimensions(4, 0);
    }

    @Test
    void aSongShorterThanARowHasNoRows() {
        AlignmentPage page = AlignmentPage.of(Alignment.of(new float[][] {{1}}, 1), new int[] {1}, LyricVocabulary.V3);
        assertThat(page.rows()).isEmpty();
        assertThat(page.rowAt(1, 2)).isEmpty();
    }

    @Test
    void evenAttentionStaysEven() {
        float[][] even = new float[64][3];
        for (float[] row : even) {
            Arrays.fill(row, 0.5f);
        }
        AlignmentPage page = AlignmentPage.of(Alignment.of(even, 3), new int[] {1, 2, 3}, LyricVocabulary.V3);
        assertThat(page.rows())
                .isDeepEqualTo(new int[][] {{127, 127, 127}, {127, 127, 127}, {127, 127, 127}, {127, 127, 127}});
        assertThat(page.characters()).containsExactly("", "A", "B");
    }

    @Test
    void theRowFollowsTheClockButNotAtTheVeryEnds() {
        AlignmentPage page = AlignmentPage.of(Alignment.of(new float[64][1], 1), new int[] {1}, LyricVocabulary.V3);
        assertThat(page.rowAt(0, 8)).isEmpty();
        assertThat(page.rowAt(2, 8)).hasValue(1);
        assertThat(page.rowAt(7.9, 8)).hasValue(3);
        assertThat(page.rowAt(8, 8)).isEmpty();
    }

    @Test
    void moreAttentionIsADeeperRed() {
        assertThat(AlignmentPage.paleness(0)).isEqualTo(230);
        assertThat(AlignmentPage.paleness(10)).isEqualTo(130);
        assertThat(AlignmentPage.paleness(255)).isZero();
    }
}
