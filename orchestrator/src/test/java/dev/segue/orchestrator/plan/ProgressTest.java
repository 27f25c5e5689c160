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
    void stateIsTwoNumbersForEachSegment() {
        Progress progress = Progress.start(PLAN).givenOut(2, 0).accepted(2, 0).givenOut(1, 0);
        assertThat(progress.state()).containsExactly(0, 0, 0, 1, 1, 0);
        assertThat(Progress.restore(PLAN, progress.state())).isEqualTo(progress).hasSameHashCodeAs(progress);
        assertThat(progress).hasToString("song song-1 [0, 0, 0, 1, 1, 0]");
    }

    @Test
    void stateOfAnotherPlanIsRefused() {
        assertThatThrownBy(() -> Progress.restore(PLAN, List.of(0, 0, 0)))
                .hasMessage("state of song song-1 has 3 numbers, but its plan has 3 segments, which take two each; it"
                        + " was written for another plan");
        assertThatThrownBy(() -> Progress.restore(PLAN, List.of(0, 0, 0, 0, 7, 1)))
                .hasMessage("state of song song-1 has 7 and 1 for segment 0 of level 2, but that has 7 windows; it was"
                        + " written for another plan");
        assertThatThrownBy(() -> Progress.restore(PLAN, List.of(-1, 0, 0, 0, 0, 0)))
                .hasMessageStartingWith("state of song song-1 has -1 and 0 for segment 0 of level 0");
        assertThatThrownBy(() -> Progress.restore(PLAN, List.of(0, -1, 0, 0, 0, 0)))
                .hasMessageStartingWith("state of song song-1 has 0 and -1 for segment 0 of level 0");
        assertThat(Progress.restore(PLAN, List.of(0, 0, 0, 0, 7, 0)).isDone(2)).isTrue();
    }

    @Test
    void windowsThatFollowEachOtherAreGivenOutTogetherAsFarAsTheLimitAllows() {
        int first = PLAN.top().windows().get(0).newCodes();
        int second = PLAN.top().windows().get(1).newCodes();
        Progress start = Progress.start(PLAN);
        assertThat(start.runs(RunLimit.ofCodes(level -> first + second)))
                .containsExactly(new WindowRun(PLAN.top().windows().subList(0, 2)));
        assertThat(start.runs(RunLimit.ofCodes(level -> first + second - 1)))
                .containsExactly(new WindowRun(PLAN.top().windows().subList(0, 1)));
        assertThat(start.runs(RunLimit.ofCodes(level -> Integer.MAX_VALUE)))
                .containsExactly(new WindowRun(PLAN.top().windows()));
        assertThat(start.runs(RunLimit.ONE_WINDOW))
                .containsExactly(new WindowRun(PLAN.top().windows().subList(0, 1)));
    }

    @Test
    void aRunEndsWhereConditionsDoNotExistYetOrTakeTooMuchRoom() {
        Progress progress = Progress.start(PLAN);
        while (progress.windowsDone(2) < 3) {
            progress = progress.accepted(2, progress.windowsDone(2));
        }
        int codes = progress.codes(2);
        List<PlannedWindow> possible = PLAN.level(1).windows().stream()
                .takeWhile(window -> window.window().condition().end() <= codes)
                .toList();
        assertThat(possible).hasSizeBetween(2, PLAN.level(1).windows().size() - 1);
        assertThat(progress.runs(RunLimit.ofCodes(level -> Integer.MAX_VALUE))).contains(new WindowRun(possible));
        int bytes = 2 * possible.get(0).window().condition().length();
        assertThat(progress.runs(new RunLimit(level -> Integer.MAX_VALUE, bytes)))
                .contains(new WindowRun(possible.subList(0, 1)));
    }

    @Test
    void whatIsLeftOfARunStaysGivenOutAsItsWindowsAreAccepted() {
        WindowRun run = new WindowRun(PLAN.top().windows().subList(0, 3));
        Progress out = Progress.start(PLAN).givenOut(run);
        assertThat(out.run(2, 0)).contains(run);
        assertThat(out.expects(2, 1)).isFalse();
        Progress one = out.accepted(2, 0);
        assertThat(one.run(2, 0)).contains(new WindowRun(run.following()));
        assertThat(one.running()).containsExactly(PLAN.top().windows().get(1));
        assertThat(one.runnable()).noneMatch(window -> window.level() == 2);
        assertThat(Progress.restore(PLAN, one.state())).isEqualTo(one);
        assertThat(one.takenBack(2, 1).run(2, 1)).isEmpty();
        Progress done = one.accepted(2, 1).accepted(2, 2);
        assertThat(done.run(2, 3)).isEmpty();
        assertThat(done.runnable()).contains(PLAN.top().windows().get(3));
    }

    @Test
    void aRunThatIsNotPossibleIsNotGivenOut() {
        Progress start = Progress.start(PLAN);
        WindowRun later = new WindowRun(PLAN.top().windows().subList(1, 3));
        assertThatThrownBy(() -> start.givenOut(later)).hasMessageContaining("give out runnable ones only");
        WindowRun gap = new WindowRun(
                List.of(PLAN.top().windows().get(0), PLAN.top().windows().get(2)));
        assertThatThrownBy(() -> start.givenOut(gap)).hasMessageContaining("give out runnable ones only");
        WindowRun tooEarly = new WindowRun(PLAN.level(1).windows());
        Progress some = start.accepted(2, 0);
        assertThatThrownBy(() -> some.givenOut(tooEarly)).hasMessageContaining("give out runnable ones only");
        assertThatThrownBy(() -> new WindowRun(List.of())).hasMessageContaining("windows is empty");
    }

    private static Progress acceptFirst(Progress progress) {
        PlannedWindow first = progress.runnable().get(0);
        return progress.accepted(first.level(), first.number());
    }
}
