package dev.segue.contracts.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.request.Rejection;
import java.util.List;
import org.junit.jupiter.api.Test;

class WindowScheduleTest {
    private static final Level TOP = new Level(2, 128, 96, 12, 0);
    private static final Level MIDDLE = new Level(1, 32, 128, 64, 4);

    @Test
    void aLengthIsRoundedDownToWholeTopCodes() {
        assertThat(WindowSchedule.sampleLength(20, 44_100, 128)).isEqualTo(881_920);
        assertThat(WindowSchedule.sampleLength(0.001, 44_100, 128)).isZero();
    }

    @Test
    void theLastWindowIsMovedBackSoThatItIsFull() {
        assertThat(WindowSchedule.starts(115, 96, 12)).containsExactly(0, 12, 19);
        assertThat(WindowSchedule.starts(96, 96, 12)).containsExactly(0);
    }

    @Test
    void startsOfLessThanAWindowOrWithoutAHopAreRefused() {
        assertThatThrownBy(() -> WindowSchedule.starts(95, 96, 12))
                .hasMessage(
                        "total is 95 codes but must be at least one window of 96; a shorter level is one partial window");
        assertThatThrownBy(() -> WindowSchedule.starts(96, 96, 0)).hasMessageContaining("raise the hop fraction");
    }

    @Test
    void eachWindowIsPrimedWithWhatTheEarlierOnesWrote() {
        List<Window> windows = WindowSchedule.windows(TOP, 115, 60);
        assertThat(windows)
                .extracting(Window::context)
                .containsExactly(new CodeRange(0, 60), new CodeRange(12, 96), new CodeRange(19, 108));
        assertThat(windows)
                .extracting(Window::added)
                .containsExactly(new CodeRange(60, 96), new CodeRange(96, 108), new CodeRange(108, 115));
        assertThat(windows).extracting(Window::condition).containsOnlyNulls();
    }

    @Test
    void windowsWhoseCodesExistHaveNothingToDo() {
        assertThat(WindowSchedule.windows(MIDDLE, 460, 240))
                .extracting(Window::isDone)
                .containsExactly(true, true, false, false, false, false, false);
        assertThat(WindowSchedule.windows(MIDDLE, 460, 240).get(2).condition()).isEqualTo(new CodeRange(32, 64));
    }

    @Test
    void aContinuedPartialLevelGrowsByItsTotalAsInTheOriginal() {
        Window window = WindowSchedule.windows(TOP, 80, 44).get(0);
        assertThat(window.start()).isEqualTo(28);
        assertThat(window.added()).isEqualTo(new CodeRange(44, 124));
    }

    @Test
    void aContinuedPartialLevelIsFilledUpToItsTotalWhereThatIsWanted() {
        Window window = WindowSchedule.partial(TOP, 80, 44, PartialWindow.FILL_TO_TOTAL);
        assertThat(window.start()).isZero();
        assertThat(window.added()).isEqualTo(new CodeRange(44, 80));
        assertThat(WindowSchedule.partial(TOP, 80, 90, PartialWindow.FILL_TO_TOTAL)
                        .isDone())
                .isTrue();
    }

    @Test
    void aPartialUpsampledLevelIsRefused() {
        assertThatThrownBy(() -> WindowSchedule.windows(MIDDLE, 100, 0))
                .isInstanceOf(RejectedException.class)
                .hasMessage(
                        "sampleLength is 3200 samples, but the upsampler of level 1 needs at least one full window of"
                                + " 4096 samples; ask for a longer song or for the top level only.");
    }

    @Test
    void aSongTooShortToUpsampleIsFoundBeforeItStarts() {
        assertThat(WindowSchedule.check(List.of(TOP, MIDDLE), 3968))
                .contains(new Rejection.TooShortToUpsample(3968, 1, 4096));
        assertThat(WindowSchedule.check(List.of(TOP), 3968)).isEmpty();
        assertThat(WindowSchedule.check(List.of(TOP, MIDDLE), 4096)).isEmpty();
    }

    @Test
    void aSongThatIsNoWholeNumberOfCodesIsFoundBeforeItStarts() {
        assertThat(WindowSchedule.check(List.of(TOP), 4100)).contains(new Rejection.NoWholeCodes(4100, 2, 128));
        assertThat(WindowSchedule.check(List.of(TOP), 0)).contains(new Rejection.NoWholeCodes(0, 2, 128));
    }

    @Test
    void aPromptMustBeWholeCodesThatExist() {
        assertThat(WindowSchedule.checkPrompt(256, 300, 128)).isEmpty();
        assertThat(WindowSchedule.checkPrompt(384, 300, 128))
                .get()
                .extracting(Rejection::sentence)
                .isEqualTo("promptLength is 384 samples, but must be a multiple of 128 samples and at most the 300 that"
                        + " exist; shorten the prompt to 256 samples.");
        assertThat(WindowSchedule.checkPrompt(200, 300, 128)).isPresent();
        assertThat(WindowSchedule.checkPrompt(-128, 300, 128)).isPresent();
    }

    @Test
    void aWindowThatDoesNotMeetWholeConditionCodesIsRefused() {
        assertThat(WindowSchedule.condition(64, 128, 4)).isEqualTo(new CodeRange(16, 48));
        assertThatThrownBy(() -> WindowSchedule.condition(62, 128, 4)).hasMessageContaining("must be multiples of 4");
    }

    @Test
    void knownPositionsAndBatchesAreCutInFullPiecesAndARemainder() {
        assertThat(WindowSchedule.primeChunks(10, 3)).containsExactly(3, 3, 3, 1);
        assertThat(WindowSchedule.batches(4, 3)).containsExactly(3, 1);
        assertThatThrownBy(() -> WindowSchedule.primeChunks(10, 0)).hasMessageContaining("must be at least 1");
    }

    @Test
    void aLevelWhoseWindowsLeaveGapsIsRefused() {
        assertThatThrownBy(() -> new Level(0, 8, 96, 97, 4)).hasMessageContaining("windowHop is 97");
        assertThatThrownBy(() -> Level.of(0, 8, 96, 0.001, 4)).hasMessageContaining("windowHop is 0");
    }

    @Test
    void aWindowThatContradictsItselfIsRefused() {
        CodeRange span = new CodeRange(4, 10);
        assertThatThrownBy(() -> new Window(0, span, new CodeRange(3, 5), new CodeRange(5, 6), null))
                .hasMessageContaining("must begin where span");
        assertThatThrownBy(() -> new Window(0, span, new CodeRange(4, 5), new CodeRange(6, 7), null))
                .hasMessageContaining("must follow context");
        assertThatThrownBy(() -> new CodeRange(3, 2)).hasMessageContaining("start must be from 0 to end");
    }
}
