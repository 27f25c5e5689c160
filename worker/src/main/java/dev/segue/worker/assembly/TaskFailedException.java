package dev.segue.worker.assembly;

import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.TaskFailure;

/** A task that was not done, with a reason that others act upon. */
final class TaskFailedException extends Exception {
    private final FailureReason reason;
    private final boolean retryable;

    TaskFailedException(FailureReason reason, boolean retryable, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.retryable = retryable;
    }

    /** The task contradicts itself, its model or what lies in the store. */
    static TaskFailedException invalid(String message) {
        return new TaskFailedException(FailureReason.INVALID_TASK, false, message, null);
    }

    TaskFailure failure() {
        return new TaskFailure(reason, getMessage(), retryable);
    }
}
