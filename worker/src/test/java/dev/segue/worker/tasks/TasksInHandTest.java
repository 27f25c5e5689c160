package dev.segue.worker.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.junit.jupiter.api.Test;

class TasksInHandTest {
    private static final TaskId ID = new TaskId("topic", 0, 1, 2);

    private final TasksInHand tasks = new TasksInHand();

    @Test
    void aTaskThatComesBackIsTheOneThatWasBegun() {
        TaskInHand task = new TaskInHand("song", null);
        assertThat(tasks.get(ID)).isNull();
        tasks.put(ID, task);
        assertThat(tasks.get(ID)).isSameAs(task);
        assertThat(tasks.get(new TaskId("topic", 0, 1, 3))).isNull();
        assertThat(tasks.running()).isEqualTo(1);
        task.end(AcknowledgeType.ACCEPT);
        assertThat(tasks.running()).isZero();
        assertThat(tasks.get(ID).ended()).isTrue();
    }

    @Test
    void onlyTheLatestOfThoseThatEndedAreRememberedAndAllThatRun() {
        tasks.put(ID, new TaskInHand("song", null));
        for (int i = 0; i < 1000; i++) {
            TaskInHand ended = new TaskInHand("song", null);
            ended.end(AcknowledgeType.ACCEPT);
            tasks.put(new TaskId("topic", 1, i, 0), ended);
        }
        assertThat(tasks.get(ID)).isNotNull();
        assertThat(tasks.get(new TaskId("topic", 1, 0, 0))).isNull();
        assertThat(tasks.get(new TaskId("topic", 1, 999, 0))).isNotNull();
    }

    @Test
    void whatIsGivenUpGoesBackAndItsWorkIsCancelled() {
        TaskInHand task = new TaskInHand("song", null);
        var work = new CompletableFuture<Void>();
        task.working(work);
        tasks.put(ID, task);
        tasks.giveUp();
        assertThat(work).isCancelled();
        assertThat(task.ending()).isCompletedWithValue(AcknowledgeType.RELEASE);
    }

    @Test
    void whatIsJustBeingBegunWhenAllIsGivenUpIsGivenUpToo() {
        tasks.giveUp();
        TaskInHand late = new TaskInHand("song", null);
        tasks.put(ID, late);
        assertThat(late.ending()).isCompletedWithValue(AcknowledgeType.RELEASE);
    }
}
