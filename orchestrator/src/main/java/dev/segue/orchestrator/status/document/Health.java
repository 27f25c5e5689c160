package dev.segue.orchestrator.status.document;

import java.util.List;

/**
 * Whether the orchestrator can serve.
 *
 * @param up whether it can
 * @param waitingFor what it waits for; empty if it can
 */
public record Health(boolean up, List<String> waitingFor) {
    public Health {
        waitingFor = List.copyOf(waitingFor);
    }
}
