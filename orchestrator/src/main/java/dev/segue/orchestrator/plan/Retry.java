package dev.segue.orchestrator.plan;

import dev.segue.contracts.record.TaskFailure;

/** What becomes of work that was not done. */
public sealed interface Retry {
    /** How often one piece of work is tried. */
    int TRIES = 3;

    /**
     * The work is given out again.
     *
     * @param attempt the attempt that its next task carries
     */
    record Again(int attempt) implements Retry {}

    /**
     * The song fails.
     *
     * @param failure why
     * @param attempts how often it was tried
     */
    record GiveUp(TaskFailure failure, int attempts) implements Retry {}

    /**
     * Decides: again if that can help and it was tried less than {@value #TRIES} times.
     *
     * @param attempt of the task that failed, from 0
     */
    static Retry after(TaskFailure failure, int attempt) {
        return failure.getRetryable() && attempt + 1 < TRIES
                ? new Again(attempt + 1)
                : new GiveUp(failure, attempt + 1);
    }
}
