package dev.segue.worker.tasks;

import dev.segue.telemetry.metrics.ClientMeters;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one task at a time from a share group and holds its lock until it is done and its result published.
 *
 * <p>A renewal is committed before the next poll: that poll then hands the same record back. A poll without the commit
 * would fetch a second record, whose lock would run out while the first is being done.
 *
 * <p>Longer than most classes, since what may be done between two polls can only be judged in one place.
 *
 * <p>One thread runs it; {@link #stop} may come from any.
 */
final class TaskLane<T extends SpecificRecord, R extends SpecificRecord> implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskLane.class);
    // A fetch that comes back empty is sent again by the next poll only.
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration COMMIT = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(5);
    /** Three chances to renew a lock before it runs out. */
    private static final int RENEWALS_PER_LOCK = 3;

    /** A turn waits for a third of a lock, a commit and a client's end at most. */
    private static final Duration LONGEST_TURN = Duration.ofMinutes(3);

    private static final int USUAL_LOCK_MILLIS = 30_000;

    private final String name;
    private final KafkaCluster cluster;
    private final TaskQueue<T, R> queue;
    private final TaskStart<T, R> start;
    private final TasksInHand tasks;
    private final TaskMeters meters;
    private final LaneTelemetry telemetry;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Backoff backoff = new Backoff();

    private volatile long turnedAt = System.nanoTime();
    private volatile boolean polling;

    /** Whether the record in hand was renewed, so that the next poll hands it back. */
    private boolean renewed;

    TaskLane(
            String name,
            KafkaCluster cluster,
            TaskQueue<T, R> queue,
            TaskStart<T, R> start,
            TasksInHand tasks,
            TaskMeters meters,
            LaneTelemetry telemetry) {
        this.name = name;
        this.cluster = cluster;
        this.queue = queue;
        this.start = start;
        this.tasks = tasks;
        this.meters = meters;
        this.telemetry = telemetry;
    }

    /** Takes no more tasks, and ends when the one in hand is done. */
    void stop() {
        stopping.countDown();
    }

    /** Whether it asks for tasks or is at one. */
    boolean isPolling() {
        return polling && !isStopping();
    }

    /** Whether it does not stand still; one that has stopped need not turn. */
    boolean isTurning() {
        return isStopping() || System.nanoTime() - turnedAt < LONGEST_TURN.toNanos();
    }

    private boolean isStopping() {
        return stopping.getCount() == 0;
    }

    @Override
    public void run() {
        while (!isStopping()) {
            turnedAt = System.nanoTime();
            try {
                if (start.awaitReady(POLL)) {
                    session();
                }
            } catch (InterruptedException e) {
                stop();
            } catch (RuntimeException e) {
                // The record in hand, if any, comes back to one of the lanes; its work goes on meanwhile.
                renewed = false;
                polling = false;
                LOG.warn(
                        "event=lane_disturbed lane={} topic={} reason=\"{}\"",
                        name,
                        queue.tasks().name(),
                        e.toString());
                pause(backoff.next());
            }
        }
        LOG.debug("event=lane_ended lane={}", name);
    }

    private void session() {
        KafkaShareConsumer<byte[], byte[]> consumer = cluster.shareConsumer(queue.group());
        try (ClientMeters unused = ClientMeters.of(telemetry.telemetry().meters(), name, consumer.metrics())) {
            consumer.subscribe(List.of(queue.tasks().name()));
            while (!isStopping() || renewed) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                renewed = false;
                turnedAt = System.nanoTime();
                polling = true;
                for (ConsumerRecord<byte[], byte[]> record : records) {
                    take(consumer, record);
                }
            }
        } finally {
            closeQuietly(consumer);
        }
    }

    private void take(KafkaShareConsumer<byte[], byte[]> consumer, ConsumerRecord<byte[], byte[]> record) {
        TaskId id = TaskId.of(record);
        TaskInHand task = tasks.get(id);
        if (task == null) {
            if (isStopping() && !start.last(record)) {
                acknowledge(consumer, record, id, AcknowledgeType.RELEASE);
                return;
            }
            try {
                task = start.begin(record);
            } catch (RetriableException e) {
                postpone(consumer, record, id, e);
                return;
            }
            backoff.reset();
            tasks.put(id, task);
        }
        acknowledge(consumer, record, id, await(consumer, task));
    }

    /** How the record is to be acknowledged now. */
    private AcknowledgeType await(KafkaShareConsumer<byte[], byte[]> consumer, TaskInHand task) {
        try {
            int lock = consumer.acquisitionLockTimeoutMs().orElse(USUAL_LOCK_MILLIS);
            return task.ending().get(lock / RENEWALS_PER_LOCK, TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillRunning) {
            return AcknowledgeType.RENEW;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
            task.giveUp();
            return AcknowledgeType.RELEASE;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task's end is never a failure", e);
        }
    }

    /** The registry is away. The record is held for a while, and then given to whoever may know its schema. */
    private void postpone(
            KafkaShareConsumer<byte[], byte[]> consumer,
            ConsumerRecord<byte[], byte[]> record,
            TaskId id,
            RetriableException reason) {
        Duration wait = backoff.next();
        LOG.warn(
                "event=task_postponed lane={} topic={} offset={} millis={} reason=\"{}\"",
                name,
                record.topic(),
                record.offset(),
                wait.toMillis(),
                reason.toString());
        boolean give = isStopping() || (backoff.isLongest() && !start.last(record));
        if (!give) {
            pause(wait);
        }
        acknowledge(consumer, record, id, give ? AcknowledgeType.RELEASE : AcknowledgeType.RENEW);
        if (give) {
            pause(wait);
        }
    }

    private void acknowledge(
            KafkaShareConsumer<byte[], byte[]> consumer,
            ConsumerRecord<byte[], byte[]> record,
            TaskId id,
            AcknowledgeType type) {
        consumer.acknowledge(record, type);
        Map<TopicIdPartition, Optional<KafkaException>> outcome = consumer.commitSync(COMMIT);
        Optional<KafkaException> refusal =
                outcome.values().stream().flatMap(Optional::stream).findFirst();
        if (refusal.isPresent()) {
            meters.lost.increment();
            LOG.warn(
                    "event=lock_lost lane={} topic={} offset={} acknowledgement={} reason=\"{}\"",
                    name,
                    record.topic(),
                    record.offset(),
                    type,
                    refusal.get().toString());
        }
        renewed = type == AcknowledgeType.RENEW && refusal.isEmpty();
        if (type == AcknowledgeType.RELEASE || (type != AcknowledgeType.RENEW && refusal.isEmpty())) {
            tasks.forget(id);
        }
        if (refusal.isEmpty()) {
            count(type);
        }
    }

    private void count(AcknowledgeType type) {
        switch (type) {
            case ACCEPT -> meters.accepted.increment();
            case RELEASE -> meters.released.increment();
            case REJECT -> meters.rejected.increment();
            case RENEW -> meters.renewed.increment();
        }
    }

    private void pause(Duration duration) {
        try {
            stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            stop();
        }
    }

    private void closeQuietly(KafkaShareConsumer<byte[], byte[]> consumer) {
        try {
            consumer.close(CLOSE);
        } catch (RuntimeException e) {
            LOG.warn("event=lane_not_closed lane={} reason=\"{}\"", name, e.toString());
        }
    }
}
