package dev.segue.worker.tasks;

import dev.segue.contracts.topic.ShareGroups;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's lanes on one queue: as many tasks as there are lanes are under way at once.
 *
 * <p>Every task that is taken is answered: it is let go only when its result is published. Whatever happens to a worker or
 * a broker in between, the task is given out again; so it may be answered more than once, and who reads results takes the
 * first.
 *
 * <p>Longer than most classes, since all parts of lanes are put together here.
 *
 * <p>Started and closed by one thread; any thread may ask for counts.
 */
public final class TaskLanes<T extends SpecificRecord, R extends SpecificRecord> {
    private static final Logger LOG = LoggerFactory.getLogger(TaskLanes.class);
    private static final Duration LETTING_GO = Duration.ofSeconds(20);

    private final String name;
    private final List<TaskLane<T, R>> lanes;
    private final List<Thread> threads;
    private final ResultPublisher<R> publisher;
    private final TasksInHand tasks = new TasksInHand();
    private final TaskMeters meters = new TaskMeters();

    /**
     * Makes lanes.
     *
     * @param name of the worker and its role, for names of threads and lines of the log
     * @param count how many
     * @param stopped stays the caller's; lanes take nothing before it was read
     */
    public TaskLanes(
            String name,
            int count,
            KafkaCluster cluster,
            Topics topics,
            AvroFormat format,
            TaskQueue<T, R> queue,
            StoppedSongs stopped,
            TaskHandler<T, R> handler) {
        this(name, count, cluster, topics, format, queue, stopped, handler, LaneTelemetry.unheard(name));
    }

    /**
     * Makes lanes.
     *
     * @param telemetry where they leave what they measure
     */
    public TaskLanes(
            String name,
            int count,
            KafkaCluster cluster,
            Topics topics,
            AvroFormat format,
            TaskQueue<T, R> queue,
            StoppedSongs stopped,
            TaskHandler<T, R> handler,
            LaneTelemetry telemetry) {
        if (count < 1) {
            throw new IllegalArgumentException("lanes is " + count + " but must be at least 1");
        }
        this.name = name;
        telemetry.bind(meters, tasks);
        this.publisher = new ResultPublisher<>(
                cluster.producer(),
                queue.results(),
                topics.deadLetters().name(),
                format.serializer(),
                Clock.systemUTC(),
                name);
        TaskStart<T, R> start = new TaskStart<>(
                queue,
                format.deserializer(queue.tasks()),
                handler,
                publisher,
                stopped,
                ShareGroups.DELIVERY_LIMIT,
                Clock.systemUTC(),
                meters,
                telemetry.telemetry().traces());
        this.lanes = IntStream.range(0, count)
                .mapToObj(i -> new TaskLane<>(name + "-lane-" + i, cluster, queue, start, tasks, meters, telemetry))
                .toList();
        this.threads = IntStream.range(0, count)
                .mapToObj(i -> new Thread(lanes.get(i), name + "-lane-" + i))
                .toList();
    }

    /** Begins to take tasks. */
    public void start() {
        threads.forEach(Thread::start);
    }

    /** Whether every lane asks for tasks or is at one. */
    public boolean isPolling() {
        return lanes.stream().allMatch(TaskLane::isPolling);
    }

    /** Whether no lane stands still, be it with a cluster or without one. */
    public boolean isTurning() {
        return lanes.stream().allMatch(TaskLane::isTurning);
    }

    /** What was done so far. */
    public TaskCounts counts() {
        return meters.counts(tasks.running());
    }

    /**
     * Takes no more tasks, finishes those in hand, and gives back what is not done in time.
     *
     * @param grace how long tasks may take to be finished
     */
    public void close(Duration grace) {
        long end = System.nanoTime() + grace.toNanos();
        lanes.forEach(TaskLane::stop);
        try {
            join(end);
            int left = tasks.running();
            if (left > 0) {
                LOG.info("event=tasks_given_back worker={} tasks={} graceMillis={}", name, left, grace.toMillis());
            }
            tasks.giveUp();
            join(System.nanoTime() + LETTING_GO.toNanos());
        } catch (InterruptedException e) {
            tasks.giveUp();
            Thread.currentThread().interrupt();
        } finally {
            publisher.close();
        }
    }

    private void join(long end) throws InterruptedException {
        for (Thread thread : threads) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (thread.isAlive() && left > 0) {
                thread.join(left);
            }
        }
    }
}
