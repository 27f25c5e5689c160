package dev.segue.orchestrator.status.document;

import java.time.Instant;

/**
 * A record that could not be handled, without what it holds.
 *
 * @param topic where it came from
 * @param partition of that topic
 * @param offset in that partition; -1 for work that was given up
 * @param song its key; empty if that cannot be read
 * @param reason why it could not be handled
 * @param at when
 * @param bytes size of its value
 */
public record DeadLetterDocument(
        String topic, int partition, long offset, String song, String reason, Instant at, int bytes) {}
