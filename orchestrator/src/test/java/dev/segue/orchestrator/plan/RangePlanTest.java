package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.model.ReceptiveField;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Tiles;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangePlanTest {
    private static final ModelCard CARD = Cards.published();
    private static final SongPlan PLAN = Requests.plan(CARD, Requests.of(CARD, 30));
    private static final RangePlan RANGES = RangePlan.of(PLAN, CARD.vqVae().shape());

    @ParameterizedTest
    @CsvSource({"6, 0, 1", "20, 0, 1", "30, 0, 4", "30, 2, 1", "600, 0, 16", "100, 1, 3"})
    void rangesCoverEveryLevelInWholeTilesOfItsDecoder(double seconds, int finest, int segments) {
        SongPlan plan = Requests.plan(
                CARD, Requests.of(CARD, seconds).setFinestLevel(finest).setParallelSegments(segments));
        RangePlan ranges = RangePlan.of(plan, CARD.vqVae().shape());
        assertThat(ranges.ranges())
                .extracting(PlannedRange::number)
                .containsExactlyElementsOf(
                        IntStream.range(0, ranges.ranges().size()).boxed().toList());
        for (LevelPlan level : plan.levels()) {
            Tiles tiles = new ReceptiveField(CARD.vqVae().shape(), level.number()).decoderTiles();
            int end = 0;
            for (PlannedRange range : ranges.level(level.number())) {
                assertThat(range.range().start()).isEqualTo(end).isEqualTo(end / tiles.length() * tiles.length());
                assertThat(range.codes()).isEqualTo(tiles.needed(range.range(), level.totalCodes()));
                end = range.range().end();
            }
            assertThat(end).isEqualTo(level.totalCodes());
        }
    }

    @Test
    void theFirstRangeIsOneTileAndTheOthersLastThreeToSixSeconds() {
        for (int level = 0; level <= 2; level++) {
            List<PlannedRange> ranges = RANGES.level(level);
            double hop = PLAN.level(level).level().hop();
            assertThat(ranges.get(0).range().length())
                    .isEqualTo(new ReceptiveField(CARD.vqVae().shape(), level)
                            .decoderTiles()
                            .length());
            assertThat(ranges.subList(1, ranges.size() - 1)).isNotEmpty().allSatisfy(range -> assertThat(
                            range.range().length() * hop / 44_100)
                    .isBetween(3.0, 6.0));
        }
    }

    @Test
    void aRangeIsReadyWhenItsCodesAndTheMarginBehindThemExist() {
        Progress progress = Progress.start(PLAN);
        RangeProgress stored = RangeProgress.start(RANGES);
        assertThat(RANGES.ready(progress, stored)).isEmpty();
        progress = progress.accepted(2, 0);
        List<PlannedRange> ready = RANGES.ready(progress, stored);
        assertThat(ready).isNotEmpty().allSatisfy(range -> {
            assertThat(range.level()).isEqualTo(2);
            assertThat(range.codes().end()).isLessThanOrEqualTo(6144);
        });
        assertThat(ready.get(0).range().start()).isZero();
        PlannedRange next = RANGES.level(2).get(ready.size());
        assertThat(next.codes().end()).isGreaterThan(6144);
    }

    @Test
    void aRangeIsReadyOnceUntilItIsTakenBack() {
        Progress progress = Progress.start(PLAN).accepted(2, 0);
        RangeProgress stored = RangeProgress.start(RANGES);
        List<PlannedRange> ready = RANGES.ready(progress, stored);
        PlannedRange first = ready.get(0);
        RangeProgress out = stored.givenOut(first.number());
        assertThat(out.isRunning(first.number())).isTrue();
        assertThat(RANGES.ready(progress, out)).isEqualTo(ready.subList(1, ready.size()));
        assertThat(RANGES.ready(progress, out.takenBack(first.number()))).isEqualTo(ready);
        RangeProgress done = out.stored(first.number()).takenBack(first.number());
        assertThat(done.isStored(first.number())).isTrue();
        assertThat(done.isWaiting(first.number())).isFalse();
        assertThat(RANGES.ready(progress, done)).doesNotContain(first);
        assertThat(done.storedCount()).isEqualTo(1);
        assertThat(done.isDone()).isFalse();
    }

    @Test
    void coarserLevelsAreReadyFirst() {
        Progress progress = Progress.start(PLAN);
        while (!progress.isDone()) {
            PlannedWindow window = progress.runnable().get(0);
            progress = progress.accepted(window.level(), window.number());
        }
        RangeProgress stored = RangeProgress.start(RANGES);
        List<PlannedRange> ready = RANGES.ready(progress, stored);
        assertThat(ready).hasSameSizeAs(RANGES.ranges());
        assertThat(ready).extracting(PlannedRange::level).isSortedAccordingTo((a, b) -> Integer.compare(b, a));
        for (PlannedRange range : ready) {
            stored = stored.givenOut(range.number()).stored(range.number());
        }
        assertThat(stored.isDone()).isTrue();
        assertThat(RANGES.ready(progress, stored)).isEmpty();
    }

    @Test
    void aRangeIsFoundByItsFirstCode() {
        PlannedRange second = RANGES.level(1).get(1);
        assertThat(RANGES.at(1, second.range().start())).contains(second);
        assertThat(RANGES.at(1, 1)).isEmpty();
    }

    @Test
    void aSeamIsHeardAMarginBeforeItAndUntilItsTailEnds() {
        PlannedSeam seam = new PlannedSeam(0, 0, new CodeRange(1000, 1050));
        assertThat(seam.isHeardIn(new CodeRange(0, 900), 100)).isFalse();
        assertThat(seam.isHeardIn(new CodeRange(0, 901), 100)).isTrue();
        assertThat(seam.isHeardIn(new CodeRange(1049, 1051), 100)).isTrue();
        assertThat(seam.isHeardIn(new CodeRange(1050, 1100), 100)).isFalse();
    }

    @Test
    void aRangeWaitsForTheTailOfASeamThatIsHeardInIt() {
        SongPlan cut = Requests.plan(CARD, Requests.of(CARD, 30).setParallelSegments(2));
        RangePlan ranges = RangePlan.of(cut, CARD.vqVae().shape());
        PlannedSeam seam = cut.level(1).seams().get(0);
        PlannedRange across = ranges.level(1).stream()
                .filter(range -> range.seams().contains(seam))
                .findFirst()
                .orElseThrow();
        SegmentPlan first = cut.level(1).segments().get(0);
        Progress progress = Progress.start(cut);
        // Everything but the last window of the first segment, which writes the tail.
        while (progress.runnable().stream().anyMatch(window -> window.level() == 2 || !isLast(window, first))) {
            PlannedWindow next = progress.runnable().stream()
                    .filter(window -> window.level() == 2 || !isLast(window, first))
                    .findFirst()
                    .orElseThrow();
            progress = progress.accepted(next.level(), next.number());
        }
        RangeProgress stored = RangeProgress.start(ranges);
        assertThat(ranges.ready(progress, stored)).doesNotContain(across);
        progress = progress.accepted(1, first.firstWindow() + first.windows() - 1);
        assertThat(progress.has(seam)).isTrue();
        assertThat(ranges.ready(progress, stored)).contains(across);
    }

    @Test
    void stateSurvives() {
        RangeProgress stored = RangeProgress.start(RANGES)
                .givenOut(3)
                .stored(3)
                .givenOut(RANGES.ranges().size() - 1);
        ByteBuffer state = stored.state();
        assertThat(RangeProgress.restore(RANGES, state)).isEqualTo(stored).hasSameHashCodeAs(stored);
        assertThat(state.remaining()).isLessThanOrEqualTo(1 + RANGES.ranges().size() / 4);
    }

    @Test
    void stateOfAnotherPlanAndRangesThatAreNoneAreRefused() {
        int ranges = RANGES.ranges().size();
        ByteBuffer state = RangeProgress.start(RANGES).givenOut(ranges - 1).state();
        SongPlan shorter = Requests.plan(CARD, Requests.of(CARD, 10));
        RangePlan fewer = RangePlan.of(shorter, CARD.vqVae().shape());
        assertThatThrownBy(() -> RangeProgress.restore(fewer, state))
                .hasMessage("state speaks of range " + (ranges - 1) + ", but the plan has "
                        + fewer.ranges().size() + " ranges; it was written for another plan");
        assertThatThrownBy(() -> RangeProgress.start(RANGES).givenOut(ranges))
                .hasMessage("range " + ranges + " is asked for, but the song has " + ranges + "; ask for one of them");
    }

    private static boolean isLast(PlannedWindow window, SegmentPlan segment) {
        return window.level() == 0
                || (window.level() == 1 && window.number() == segment.firstWindow() + segment.windows() - 1);
    }
}
