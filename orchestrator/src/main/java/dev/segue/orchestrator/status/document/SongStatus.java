package dev.segue.orchestrator.status.document;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a song is, or how it ended. */
public enum SongStatus {
    /** The request was read. */
    RECEIVED,
    /** Its words are checked and its prompt is encoded. */
    PREPARING,
    /** It waits for its turn. */
    QUEUED,
    /** Its windows are sampled. */
    SAMPLING,
    /** Its pieces are put together. */
    COMPOSING,
    /** It is finished. */
    COMPLETED,
    /** It could not be made. */
    FAILED,
    /** Somebody cancelled it. */
    CANCELLED,
    /** Its deadline passed. */
    EXPIRED,
    /** The request cannot be served; its id is free again. */
    REJECTED;

    /** As JSON has it. */
    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return word();
    }

    /** What a word stands for; empty if for nothing. */
    public static Optional<SongStatus> of(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }

    /** Whether nothing happens to the song any more. */
    public boolean isEnd() {
        return compareTo(COMPLETED) >= 0;
    }
}
