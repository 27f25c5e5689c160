package dev.segue.contracts.client;

import dev.segue.contracts.record.SongEvent;
import java.util.Locale;
import java.util.Optional;

/** How a song ends, with the exit code that says so. */
public enum Outcome {
    COMPLETED(0),
    REJECTED(3),
    FAILED(4),
    CANCELLED(5),
    EXPIRED(6);

    private final int exitCode;

    Outcome(int exitCode) {
        this.exitCode = exitCode;
    }

    /** What a program that watched ends with. */
    public int exitCode() {
        return exitCode;
    }

    /** As people read it. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What an event ends its song with; empty for one that does not. */
    public static Optional<Outcome> of(SongEvent event) {
        return switch (event.getKind()) {
            case COMPLETED -> Optional.of(COMPLETED);
            case REJECTED -> Optional.of(REJECTED);
            case FAILED -> Optional.of(FAILED);
            case CANCELLED -> Optional.of(CANCELLED);
            case EXPIRED -> Optional.of(EXPIRED);
            case UNKNOWN, RECEIVED, ACCEPTED, REPEATED, REFUSED, PROGRESS, AUDIO_READY -> Optional.empty();
        };
    }
}
