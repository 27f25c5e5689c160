package dev.segue.orchestrator.webhook.message;

import java.time.Instant;
import java.util.Objects;

/**
 * What a receiver is told of one event. The body's array is not to be changed.
 *
 * @param offset of the event in its topic
 * @param songId the song
 * @param id the same whenever it is sent, and no other message's
 * @param address where it is sent; may hold what only the receiver should know
 * @param type what it tells
 * @param at when it happened
 * @param body JSON in UTF-8
 */
public record SongMessage(
        long offset, String songId, String id, String address, MessageType type, Instant at, byte[] body) {
    public SongMessage {
        Objects.requireNonNull(songId, "songId is null");
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(address, "address is null");
        Objects.requireNonNull(type, "type is null");
        Objects.requireNonNull(at, "at is null");
        Objects.requireNonNull(body, "body is null");
    }

    /** Without its address and its body. */
    @Override
    public String toString() {
        return type + " " + id;
    }
}
