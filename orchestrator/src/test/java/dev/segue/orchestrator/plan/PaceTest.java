package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.EarlierSongUse;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private static final ModelCard CARD = Cards.small();

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(Pace.unknown().codesPerSecond("digest", 0)).isEmpty();
        assertThat(Pace.unknown().secondsLeft(Progress.start(Requests.plan(CARD, Requests.of(CARD, 1)))))
                .isEmpty();
    }

    @Test
    void whatIsKnownOfOneModelIsNotTakenForAnother() {
        assertThat(Pace.unknown().measured("other", 2, 100, 1000, 1).codesPerSecond("digest", 2))
                .isEmpty();
    }

    @Test
    void aPoolIsAsFastAsItsWindowsSideBySide() {
        Pace pace = Pace.unknown().measured("digest", 2, 100, 2000, 4);
        assertThat(pace.codesPerSecond("digest", 2)).hasValue(200);
    }

    @Test
    void recentWindowsCountMoreThanOldOnes() {
        Pace pace = Pace.unknown().measured("digest", 2, 100, 1000, 1);
        for (int i = 0; i < 200; i++) {
            pace = pace.measured("digest", 2, 300, 1000, 1);
        }
        assertThat(pace.codesPerSecond("digest", 2).orElseThrow()).isCloseTo(300, within(0.1));
    }

    @Test
    void aClockThatRunsBackwardsDoesNotMakeAWindowInfinitelyFast() {
        assertThat(Pace.unknown().measured("digest", 2, 100, -50, 0).codesPerSecond("digest", 2))
                .hasValue(100_000);
    }

    @Test
    void aSongOfOneLevelTakesAsLongAsItsCodes() {
        Progress song = Progress.start(Requests.plan(CARD, Requests.of(CARD, 1).setFinestLevel(2)));
        Pace pace = Pace.unknown().measured("digest", 2, 10, 1000, 1);
        assertThat(pace.secondsLeft(song)).hasValue(100 / 10.0);
        assertThat(pace.secondsLeft(song.accepted(2, 0))).hasValue(84 / 10.0);
    }

    @Test
    void levelsThatOverlapTakeAsLongAsTheSlowestAndWhatItsLastWindowLeavesToDo() {
        Progress song = Progress.start(Requests.plan(CARD, Requests.of(CARD, 1)));
        // 100, 200 and 400 codes; the last windows of levels 2 and 1 add 4 and 8 codes, 8 and 16 of the finer level.
        Pace topIsSlow = Pace.unknown()
                .measured("digest", 2, 1, 1000, 1)
                .measured("digest", 1, 10, 1000, 1)
                .measured("digest", 0, 20, 1000, 1);
        assertThat(topIsSlow.secondsLeft(song).orElseThrow()).isCloseTo(100 + 8 / 10.0 + 16 / 20.0, within(1e-9));
        Pace bottomIsSlow = Pace.unknown()
                .measured("digest", 2, 100, 1000, 1)
                .measured("digest", 1, 100, 1000, 1)
                .measured("digest", 0, 2, 1000, 1);
        assertThat(bottomIsSlow.secondsLeft(song)).hasValue(200);
    }

    @Test
    void aLevelWithoutWorkNeedNotBeKnown() {
        Progress song = Progress.start(Requests.plan(
                CARD, Requests.madeFrom(CARD, 1, EarlierSongUse.UPSAMPLE).setFinestLevel(1), List.of(0, 0, 100)));
        assertThat(Pace.unknown().measured("digest", 1, 20, 1000, 1).secondsLeft(song))
                .hasValue(10);
    }

    @Test
    void segmentsSideBySideTakeAsLongAsTheLongest() {
        SongPlan plan = Requests.plan(
                CARD,
                Requests.madeFrom(CARD, 1, EarlierSongUse.UPSAMPLE)
                        .setFinestLevel(1)
                        .setParallelSegments(2),
                List.of(0, 0, 100));
        // Half of 200 codes, and a tail of 50 ms.
        assertThat(Pace.unknown().measured("digest", 1, 20, 1000, 2).secondsLeft(Progress.start(plan)))
                .hasValue(110 / 20.0);
    }

    @Test
    void aFinishedSongTakesNoTime() {
        SongPlan plan = Requests.plan(
                CARD, Requests.madeFrom(CARD, 1, EarlierSongUse.CONTINUE).setFinestLevel(2), List.of(0, 0, 100));
        assertThat(Pace.unknown().secondsLeft(Progress.start(plan))).hasValue(0);
    }

    @Test
    void aSongThatThereIsRoomForStartsAtOnce() {
        assertThat(Pace.secondsUntilStart(2, List.of(50.0), List.of())).isZero();
        assertThat(Pace.secondsUntilStart(3, List.of(50.0), List.of(10.0))).isZero();
    }

    @Test
    void aWaitingSongStartsWhenTheSongsBeforeItHaveMadeRoom() {
        assertThat(Pace.secondsUntilStart(1, List.of(50.0), List.of())).isEqualTo(50);
        assertThat(Pace.secondsUntilStart(2, List.of(50.0, 20.0), List.of())).isEqualTo(20);
        assertThat(Pace.secondsUntilStart(2, List.of(50.0, 20.0), List.of(100.0)))
                .isEqualTo(50);
        assertThat(Pace.secondsUntilStart(2, List.of(50.0, 20.0), List.of(10.0, 5.0, 100.0)))
                .isEqualTo(50);
        assertThat(Pace.secondsUntilStart(1, List.of(50.0, 20.0), List.of())).isEqualTo(50);
    }

    @Test
    void aLimitOfNoSongsIsRefused() {
        assertThatThrownBy(() -> Pace.secondsUntilStart(0, List.of(), List.of()))
                .hasMessage("limit on running songs is 0 but must be at least 1, or none would ever start; raise it");
    }
}
