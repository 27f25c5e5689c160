package dev.segue.orchestrator.webhook.message;

import dev.segue.contracts.record.SongEventKind;
import java.util.Locale;
import java.util.Optional;

/** What a message tells. */
public enum MessageType {
    RECEIVED,
    ACCEPTED,
    REJECTED,
    PROGRESS,
    AUDIO_READY,
    COMPLETED,
    FAILED,
    CANCELLED,
    EXPIRED;

    /** What an event is told as; empty for those that concern who asked rather than the song. */
    static Optional<MessageType> of(SongEventKind kind) {
        return switch (kind) {
            case RECEIVED -> Optional.of(RECEIVED);
            case ACCEPTED -> Optional.of(ACCEPTED);
            case REJECTED -> Optional.of(REJECTED);
            case PROGRESS -> Optional.of(PROGRESS);
            case AUDIO_READY -> Optional.of(AUDIO_READY);
            case COMPLETED -> Optional.of(COMPLETED);
            case FAILED -> Optional.of(FAILED);
            case CANCELLED -> Optional.of(CANCELLED);
            case EXPIRED -> Optional.of(EXPIRED);
            case UNKNOWN, REPEATED, REFUSED -> Optional.empty();
        };
    }

    /** Whether nothing more happens to the song. */
    public boolean isTerminal() {
        return switch (this) {
            case REJECTED, COMPLETED, FAILED, CANCELLED, EXPIRED -> true;
            case RECEIVED, ACCEPTED, PROGRESS, AUDIO_READY -> false;
        };
    }

    /** As messages name it. */
    @Override
    public String toString() {
        return "song." + name().toLowerCase(Locale.ROOT);
    }
}
