package dev.segue.contracts.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongStage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is known of a song after some of its events. */
class SongStateTest {
    private final Events events = new Events();

    @Test
    void aSongGoesFromStageToStageAndItsShareCountsNewCodesOnly() {
        SongState state = state(events.received(), events.accepted(), events.progress(800, 60));

        assertThat(state.stage()).isEqualTo(SongStage.SAMPLING);
        assertThat(state.share()).isEqualTo((800 + 40) / (1600.0 + 80));
        assertThat(state.accepted().orElseThrow().getSeed()).isEqualTo(7);
        assertThat(state.outcome()).isEmpty();
    }

    @Test
    void theFirstSoundThatCanBeHeardIsThePreview() {
        SongState state = state(events.received(), events.audio(2), events.audio(0));

        assertThat(state.preview().orElseThrow().getLevel()).isEqualTo(2);
    }

    @Test
    void aTerminalEventEndsItAndWhatComesLaterDoesNotChangeThat() {
        SongState state =
                state(events.received(), events.completed(), events.repeated(SongStage.DONE), events.refused());

        assertThat(state.outcome()).contains(Outcome.COMPLETED);
        assertThat(state.share()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedUnderItsIdIsNotAboutIt() {
        SongState state = state(events.received(), events.accepted(), events.refused());

        assertThat(state.outcome()).isEmpty();
        assertThat(state.stage()).isEqualTo(SongStage.QUEUED);
    }

    @Test
    void theIdOfARejectedSongBeginsAnew() {
        SongState state = state(events.received(), events.rejected(), events.received(), events.accepted());

        assertThat(state.outcome()).isEmpty();
        assertThat(state.since()).isEqualTo(Events.START.plusSeconds(2));
    }

    @Test
    void everyEndHasAnExitCodeOfItsOwn() {
        assertThat(List.of(
                        events.completed(),
                        events.rejected(),
                        events.failed(),
                        events.ended(SongEventKind.CANCELLED, ""),
                        events.ended(SongEventKind.EXPIRED, "")))
                .extracting(event -> Outcome.of(event).orElseThrow().exitCode())
                .containsExactly(0, 3, 4, 5, 6);
    }

    private static SongState state(SongEvent... of) {
        return SongState.of(List.of(of)).get(Events.SONG);
    }
}
