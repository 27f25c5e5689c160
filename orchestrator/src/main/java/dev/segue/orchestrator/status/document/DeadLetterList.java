package dev.segue.orchestrator.status.document;

import java.util.List;

/**
 * The last records that could not be handled.
 *
 * @param deadLetters the last one first
 * @param more whether older ones lie in the topic
 */
public record DeadLetterList(List<DeadLetterDocument> deadLetters, boolean more) {
    public DeadLetterList {
        deadLetters = List.copyOf(deadLetters);
    }
}
