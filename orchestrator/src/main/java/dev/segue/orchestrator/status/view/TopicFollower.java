package dev.segue.orchestrator.status.view;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.ClusterException;
import dev.segue.contracts.client.TopicReader;
import dev.segue.contracts.topic.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that reads a topic from its beginning on, for good. What fails is tried again: while broker or registry are
 * silent, what is known stays as it was.
 *
 * <p>Started and closed once, by any threads.
 *
 * @param <T> what lies in the topic
 */
public final class TopicFollower<T extends SpecificRecord> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

    private final Cluster cluster;
    private final Topic<T> topic;
    private final Consumer<List<TopicReader.Entry<T>>> into;
    private final Thread thread;
    private final CountDownLatch caughtUp = new CountDownLatch(1);
    private volatile boolean closed;

    /**
     * Does not read yet.
     *
     * @param into takes in what came, in its order; called by the thread that reads
     */
    public TopicFollower(Cluster cluster, Topic<T> topic, Consumer<List<TopicReader.Entry<T>>> into) {
        this.cluster = Objects.requireNonNull(cluster, "cluster is null");
        this.topic = Objects.requireNonNull(topic, "topic is null");
        this.into = Objects.requireNonNull(into, "into is null");
        this.thread = new Thread(this::run, "follow-" + topic.name());
        thread.setDaemon(true);
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /** Whether everything was read once that was there when it began. */
    public boolean isCaughtUp() {
        return caughtUp.getCount() == 0;
    }

    /** Waits for that, but no longer than {@code patience}, and says whether it is so. */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        return caughtUp.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run() {
        while (!closed) {
            try (TopicReader<T> reader = new TopicReader<>(cluster, topic, key -> true)) {
                follow(reader);
            } catch (ClusterException e) {
                failed(e);
            } catch (InterruptException e) {
                return;
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private void follow(TopicReader<T> reader) {
        long end = reader.end();
        while (!closed) {
            try {
                into.accept(reader.entries(PATIENCE));
                if (!isCaughtUp() && reader.position() >= end) {
                    caughtUp.countDown();
                }
            } catch (InterruptException e) {
                throw e;
            } catch (RuntimeException e) {
                failed(e);
            }
        }
    }

    private void failed(Exception failure) {
        if (closed) {
            return;
        }
        LOG.warn("event=topic_not_read topic={} pause={} reason=\"{}\"", topic.name(), PAUSE, failure.toString());
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops reading. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(CLOSE_LIMIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
