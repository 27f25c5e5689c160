package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.window.CodeRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentationTest {
    private static final ModelCard CARD = Cards.small();

    /** Two seconds, 200 codes of the top level, in two segments, going on from so many codes of each level. */
    private static SongPlan plan(Integer... promptCodes) {
        return Requests.plan(
                CARD, Requests.madeFrom(CARD, 2, EarlierSongUse.CONTINUE).setParallelSegments(2), List.of(promptCodes));
    }

    @Test
    void aSongIsCutIntoEqualSegments() {
        assertThat(plan(0, 0, 0).level(1).segments())
                .extracting(SegmentPlan::codes)
                .containsExactly(new CodeRange(0, 200), new CodeRange(200, 400));
        assertThat(plan(0, 0, 0).level(0).segments())
                .extracting(SegmentPlan::codes)
                .containsExactly(new CodeRange(0, 400), new CodeRange(400, 800));
    }

    @Test
    void aSegmentGoesOnForFiftyMillisecondsOfWholeTopLevelCodes() {
        assertThat(plan(0, 0, 0).level(1).seams()).containsExactly(new PlannedSeam(1, 0, new CodeRange(200, 210)));
        ModelCard published = Cards.published();
        SongPlan song = Requests.plan(published, Requests.of(published, 60).setParallelSegments(2));
        int top = 18; // of 2.9 ms
        assertThat(song.level(1).seams().get(0).tail().length()).isEqualTo(4 * top);
        assertThat(song.level(0).seams().get(0).tail().length()).isEqualTo(16 * top);
    }

    @Test
    void whatIsCutIsThePartBehindThePrompt() {
        assertThat(plan(400, 200, 100).level(1).segments())
                .extracting(SegmentPlan::codes)
                .containsExactly(new CodeRange(0, 300), new CodeRange(300, 400));
    }

    @Test
    void thePromptPrimesTheFirstSegment() {
        PlannedWindow first = plan(400, 200, 100).level(1).windows().get(0);
        assertThat(first.window().context().isEmpty()).isFalse();
        assertThat(first.window().added().start()).isEqualTo(200);
    }

    @Test
    void aPromptThatLeavesRoomForFewerSegmentsHasFewer() {
        // A window lasts 8 codes of the top level.
        assertThat(plan(800 - 64, 400 - 32, 200 - 16).level(1).segments()).hasSize(2);
        assertThat(plan(800 - 60, 400 - 30, 200 - 15).level(1).segments()).hasSize(1);
        assertThat(plan(800, 400, 200).level(1).segments()).hasSize(1);
    }

    @Test
    void aSegmentThatLiesWhollyInAPromptHasNothingToDo() {
        LevelPlan level = plan(0, 202, 200).level(1);
        assertThat(level.segments())
                .containsExactly(
                        new SegmentPlan(0, new CodeRange(0, 200), new CodeRange(200, 200), 0, 0),
                        new SegmentPlan(
                                1,
                                new CodeRange(200, 400),
                                new CodeRange(400, 400),
                                0,
                                level.windows().size()));
        assertThat(level.seams()).isEmpty();
        assertThat(level.canonical(new CodeRange(195, 205)))
                .containsExactly(
                        new Piece(Piece.PROMPT, new CodeRange(195, 200), 195),
                        new Piece(Piece.PROMPT, new CodeRange(200, 202), 200),
                        new Piece(0, new CodeRange(202, 205), 0));
    }

    @Test
    void aPromptThatEndsWhereASegmentDoesStillFadesIntoTheNext() {
        LevelPlan level = plan(0, 200, 200).level(1);
        assertThat(level.seams()).hasSize(1);
        assertThat(level.windows().get(0).segment()).isZero();
        assertThat(level.windows().get(0).window().added()).isEqualTo(new CodeRange(200, 208));
        assertThat(level.tail(level.seams().get(0)))
                .containsExactly(new Piece(0, new CodeRange(200, 208), 0), new Piece(1, new CodeRange(208, 210), 0));
    }

    @Test
    void theTopLevelIsNeverCut() {
        assertThat(plan(0, 0, 0).top().segments()).hasSize(1);
        SongPlan topOnly =
                Requests.plan(CARD, Requests.of(CARD, 2).setFinestLevel(2).setParallelSegments(2));
        assertThat(topOnly.top().segments()).hasSize(1);
    }
}
