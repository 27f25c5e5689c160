package dev.segue.worker.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.window.CodeRange;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SongCodesTest {
    private static final List<Integer> HOPS = List.of(2, 4);
    private static final SongCodes SONG = SongCodes.of(List.of(new int[] {1, 2, 3, 4, 5}, new int[] {6, 7, 8}));

    @Test
    void codesAreAddedBehindThoseOfTheirLevel() {
        SongCodes longer = SONG.with(1, new int[] {9});
        assertThat(longer.level(1)).containsExactly(6, 7, 8, 9);
        assertThat(longer.level(0)).containsExactly(1, 2, 3, 4, 5);
        assertThat(SONG.length(1)).isEqualTo(3);
        assertThat(SongCodes.none(2).with(0, new int[] {1}).length(1)).isZero();
    }

    @Test
    void nothingFromOutsideChangesIt() {
        int[] given = {1};
        SongCodes song = SongCodes.of(List.of(given));
        given[0] = 2;
        song.level(0)[0] = 3;
        song.range(0, new CodeRange(0, 1))[0] = 4;
        assertThat(song.level(0)).containsExactly(1);
    }

    @Test
    void theBeginningIsCutAtEveryLevelAsFarAsItReaches() {
        SongCodes first = SONG.first(12, HOPS);
        assertThat(first.level(1)).containsExactly(6, 7, 8);
        assertThat(first.level(0)).containsExactly(1, 2, 3, 4, 5);
        SongCodes shorter = SONG.first(4, HOPS);
        assertThat(shorter.level(1)).containsExactly(6);
        assertThat(shorter.level(0)).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -4, 2, 6, 16})
    void aBeginningThatIsNotThereOrNotOfWholeCodesIsRefused(long samples) {
        assertThatThrownBy(() -> SONG.first(samples, HOPS)).isInstanceOf(RejectedException.class);
    }

    @Test
    void theTopAloneHasNoFinerCodes() {
        SongCodes top = SONG.topOnly();
        assertThat(top.level(1)).containsExactly(6, 7, 8);
        assertThat(top.length(0)).isZero();
        assertThat(top.levels()).isEqualTo(2);
    }

    @Test
    void codesThatDoNotExistAreRefused() {
        assertThat(SONG.range(0, new CodeRange(1, 3))).containsExactly(2, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SONG.range(1, new CodeRange(2, 4)))
                .withMessageContaining("only 3 exist");
    }
}
