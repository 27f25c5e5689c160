package dev.segue.worker.tasks;

import dev.segue.contracts.record.StoppedSong;
import dev.segue.contracts.topic.Topic;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which songs were cancelled, have expired or failed: their topic, read whole at the start and followed from there. Who
 * they are is in the keys, so that no registry is asked; a key without a value is a song that is no longer stopped.
 *
 * <p>A thread of its own reads; any thread may ask.
 */
public final class StoppedSongs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoppedSongs.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);

    private final KafkaCluster cluster;
    private final TopicPartition partition;
    private final Duration retention;
    private final Map<String, Long> stopped = new ConcurrentHashMap<>();
    private final CountDownLatch read = new CountDownLatch(1);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** Reads when {@link #start} is called. */
    public StoppedSongs(KafkaCluster cluster, Topic<StoppedSong> topic) {
        this.cluster = cluster;
        this.partition = new TopicPartition(topic.name(), 0);
        this.retention = Duration.ofMillis(Long.parseLong(topic.config().get("retention.ms")));
        this.thread = new Thread(this::follow, "stopped-songs");
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /**
     * Waits until what was there at the start is read.
     *
     * @return whether it is
     */
    public boolean awaitRead(Duration patience) throws InterruptedException {
        return read.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether work on a song is of no more use, as far as is known. */
    public boolean contains(String songId) {
        return stopped.containsKey(songId);
    }

    private void follow() {
        Backoff backoff = new Backoff();
        while (closing.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> consumer = cluster.reader()) {
                follow(consumer, backoff);
            } catch (RuntimeException e) {
                LOG.warn("event=stopped_songs_unreadable topic={} reason=\"{}\"", partition.topic(), e.toString());
            }
            pause(backoff.next());
        }
    }

    private void follow(KafkaConsumer<byte[], byte[]> consumer, Backoff backoff) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        long end = consumer.endOffsets(List.of(partition), ANSWER).get(partition);
        long forgotten = System.nanoTime();
        while (closing.getCount() > 0) {
            consumer.poll(POLL).forEach(this::note);
            if (read.getCount() > 0 && consumer.position(partition, ANSWER) >= end) {
                LOG.info("event=stopped_songs_read topic={} songs={}", partition.topic(), stopped.size());
                read.countDown();
                backoff.reset();
            }
            if (System.nanoTime() - forgotten > FORGET_EVERY.toNanos()) {
                forgotten = System.nanoTime();
                forget();
            }
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        String songId = new String(record.key(), StandardCharsets.UTF_8);
        if (record.value() == null) {
            stopped.remove(songId);
        } else {
            stopped.put(songId, record.timestamp());
            LOG.debug("event=song_stopped song={}", songId);
        }
    }

    /** What the topic no longer holds has no tasks left either. */
    private void forget() {
        long oldest = System.currentTimeMillis() - retention.toMillis();
        stopped.values().removeIf(at -> at < oldest);
    }

    private void pause(Duration duration) {
        try {
            if (closing.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("event=stopped_songs_closed topic={}", partition.topic());
            }
        } catch (InterruptedException e) {
            closing.countDown();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(ANSWER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
