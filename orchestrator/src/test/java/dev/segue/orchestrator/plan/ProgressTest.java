package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.window.CodeRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final ModelCard CARD = Cards.small();
    private static final SongPlan PLAN = Requests.plan(CARD, Requests.of(CARD, 0.4));

    @Test
    void aSongBeginsWithTheFirstWindowOfItsTopLevel() {
        Progress progress = Progress.start(PLAN);
        assertThat(progress.runnable()).containsExactly(PLAN.top().windows().get(0));
        assertThat(progress.running()).isEmpty();
        assertThat(progress.codesDone(2)).isZero();
        assertThat(progress.existing(2)).isEmpty();
    }

    @Test
    void aWindowThatIsGivenOutIsNotGivenOutAgainUntilItIsTakenBack() {
        Progress out = Progress.start(PLAN).givenOut(2, 0);
        assertThat(out.runnable()).isEmpty();
        assertThat(out.running()).containsExactly(PLAN.top().windows().get(0));
        assertThatThrownBy(() -> out.givenOut(2, 0))
                .hasMessage(
                        "window 0 of level 2 of song song-1 is to be given out, but it is done, given out, or waits for"
                                + " other codes; give out runnable ones only");
        assertThat(out.takenBack(2, 0)).isEqualTo(Progress.start(PLAN));
        assertThatThrownBy(() -> Progress.start(PLAN).takenBack(2, 0))
                .hasMessage("window 0 of level 2 of song song-1 is to be taken back, but it is not given out; take back"
                        + " running ones only");
    }

    @Test
    void anAcceptedWindowLetsTheNextOneRunAndThoseOfTheNextFinerLevel() {
        Progress progress = Progress.start(PLAN).givenOut(2, 0).accepted(2, 0);
        assertThat(progress.runnable())
                .containsExactly(
                        PLAN.top().windows().get(1), PLAN.level(1).windows().get(0));
        assertThat(progress.codesDone(2)).isEqualTo(progress.codes(2)).isEqualTo(16);
        assertThat(progress.has(2, new CodeRange(0, 16))).isTrue();
        assertThat(progress.has(2, new CodeRange(0, 17))).isFalse();
        assertThat(progress.windowsDone(2)).isEqualTo(1);
    }

    @Test
    void aResultCountsOnceAndInItsTurnOnly() {
        Progress progress = Progress.start(PLAN).givenOut(2, 0);
        assertThat(progress.expects(2, 0)).isTrue();
        assertThat(progress.expects(2, 1)).isFalse();
        assertThat(progress.expects(1, 0)).isFalse();
        assertThat(progress.expects(2, -1)).isFalse();
        assertThat(progress.expects(2, 1000)).isFalse();
        assertThat(progress.expects(3, 0)).isFalse();
        assertThat(progress.expects(-1, 0)).isFalse();
        Progress after = progress.accepted(2, 0);
        assertThat(after.expects(2, 0)).isFalse();
        assertThatThrownBy(() -> after.accepted(2, 0))
                .hasMessage(
                        "window 0 of level 2 of song song-1 is to be accepted, but it is done or waits for other codes;"
                                + " drop it");
        assertThatThrownBy(() -> after.accepted(2, 1000))
                .hasMessageStartingWith("window 1000 of level 2 of song song-1 is to be accepted");
        assertThatThrownBy(() -> after.givenOut(2, 1000))
                .hasMessage("window 1000 of level 2 of song song-1 is asked for, but there are 7; ask for one of them");
    }

    @Test
    void aLateResultOfAWindowThatWasTakenBackStillCounts() {
        Progress back = Progress.start(PLAN).givenOut(2, 0).takenBack(2, 0);
        assertThat(back.expects(2, 0)).isTrue();
        assertThat(back.accepted(2, 0))
                .isEqualTo(Progress.start(PLAN).givenOut(2, 0).accepted(2, 0));
    }

    @Test
    void segmentsLeaveGapsUntilTheyMeet() {
        SongPlan cut = Requests.plan(CARD, Requests.of(CARD, 0.8).setParallelSegments(2));
        Progress progress = Progress.start(cut);
        while (!progress.isDone(2)) {
            progress = acceptFirst(progress);
        }
        int second = cut.level(1).segments().get(1).firstWindow();
        progress = progress.accepted(1, second);
        CodeRange written = cut.level(1).windows().get(second).window().added();
        assertThat(progress.existing(1)).containsExactly(written);
        assertThat(progress.codes(1)).isEqualTo(written.length());
        assertThat(progress.codesDone(1)).isZero();
        assertThat(progress.has(1, written)).isTrue();
        assertThat(progress.has(1, new CodeRange(written.start() - 1, written.end())))
                .isFalse();
        while (!progress.isDone(1)) {
            progress = acceptFirst(progress);
        }
        assertThat(progress.existing(1))
                .containsExactly(new CodeRange(0, cut.level(1).totalCodes()));
        assertThat(progress.isDone()).isFalse();
    }

    @Test
    void stateIsTwoNumbersInOneForEachSegment() {
        Progress progress = Progress.start(PLAN).givenOut(2, 0).accepted(2, 0).givenOut(1, 0);
        assertThat(progress.state()).containsExactly(0, 1, 2);
        assertThat(Progress.restore(PLAN, progress.state())).isEqualTo(progress).hasSameHashCodeAs(progress);
        assertThat(progress).hasToString("song song-1 [0, 1, 2]");
    }

    @Test
    void stateOfAnotherPlanIsRefused() {
        assertThatThrownBy(() -> Progress.restore(PLAN, List.of(0, 0)))
                .hasMessage("state of song song-1 has 2 segments, but its plan has 3; it was written for another plan");
        assertThatThrownBy(() -> Progress.restore(PLAN, List.of(0, 0, 15)))
                .hasMessage(
                        "state of song song-1 has 15 for segment 0 of level 2, but that has 7 windows; it was written"
                                + " for another plan");
        assertThatThrownBy(() -> Progress.restore(PLAN, List.of(-1, 0, 0)))
                .hasMessageStartingWith("state of song song-1 has -1 for segment 0 of level 0");
        assertThat(Progress.restore(PLAN, List.of(0, 0, 14)).isDone(2)).isTrue();
    }

    private static Progress acceptFirst(Progress progress) {
        PlannedWindow first = progress.runnable().get(0);
        return progress.accepted(first.level(), first.number());
    }
}
