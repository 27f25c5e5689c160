package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.TaskFailure;
import org.junit.jupiter.api.Test;

class RetryTest {
    private static TaskFailure failure(FailureReason reason, boolean retryable) {
        return TaskFailure.newBuilder()
                .setReason(reason)
                .setMessage("it did not work")
                .setRetryable(retryable)
                .build();
    }

    @Test
    void workThatCanSucceedIsTriedThreeTimes() {
        TaskFailure storage = failure(FailureReason.STORAGE, true);
        assertThat(Retry.after(storage, 0)).isEqualTo(new Retry.Again(1));
        assertThat(Retry.after(storage, 1)).isEqualTo(new Retry.Again(2));
        assertThat(Retry.after(storage, 2)).isEqualTo(new Retry.GiveUp(storage, 3));
    }

    @Test
    void workThatCannotSucceedIsTriedOnce() {
        TaskFailure invalid = failure(FailureReason.INVALID_TASK, false);
        assertThat(Retry.after(invalid, 0)).isEqualTo(new Retry.GiveUp(invalid, 1));
    }
}
