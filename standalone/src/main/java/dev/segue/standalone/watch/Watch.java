package dev.segue.standalone.watch;

import dev.segue.contracts.client.Outcome;
import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.client.SongState;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongProgress;
import dev.segue.contracts.record.SongStage;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Follows one song to its end.
 *
 * <p>Owned by one thread.
 */
public final class Watch {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private final SongEvents events;
    private final SongView view;
    private final boolean ours;
    private SongState state;
    private boolean answered;

    /**
     * A watch that has seen nothing yet.
     *
     * @param events of the song alone
     * @param ours whether the song's request was sent after {@code events} began, so that a refusal is about it
     */
    public Watch(SongEvents events, SongView view, boolean ours) {
        this.events = events;
        this.view = view;
        this.ours = ours;
    }

    /** What is known of the song; empty before its first event. */
    public Optional<SongState> state() {
        return Optional.ofNullable(state);
    }

    /**
     * Shows what happens until the song has ended.
     *
     * @param stopped whether nobody wants to know any more
     * @return how the song ended; empty if nobody wants to know
     */
    public Optional<Outcome> toTheEnd(BooleanSupplier stopped) {
        long silentSince = System.nanoTime();
        boolean hinted = false;
        while (!stopped.getAsBoolean()) {
            for (SongEvent event : events.next(BETWEEN_LOOKS)) {
                Optional<Outcome> outcome = take(event);
                if (outcome.isPresent()) {
                    return outcome;
                }
            }
            if (state == null && !hinted && System.nanoTime() - silentSince > SILENCE.toNanos()) {
                hinted = true;
                view.say("nothing was heard of the song for " + SILENCE.toSeconds()
                        + " s; is its id right, and does an orchestrator run?");
            }
        }
        return Optional.empty();
    }

    private Optional<Outcome> take(SongEvent event) {
        boolean first = !answered;
        answered = true;
        SongState before = state == null ? SongState.unknown(event) : state;
        state = before.after(event);
        view.show(event, before, state);
        if (ours && first && event.getKind() == SongEventKind.REFUSED) {
            return Optional.of(Outcome.REJECTED);
        }
        if (event.getKind() == SongEventKind.REPEATED
                && isDone(event.getProgress())
                && state.outcome().isEmpty()) {
            // Its end was said before this watch began.
            state = null;
            events.rewind();
            return Optional.empty();
        }
        return state.outcome();
    }

    private static boolean isDone(SongProgress progress) {
        return progress != null && progress.getStage() == SongStage.DONE;
    }
}
