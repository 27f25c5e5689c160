package dev.segue.orchestrator.webhook;

import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.orchestrator.webhook.delivery.HttpPost;
import dev.segue.orchestrator.webhook.delivery.Outbox;
import dev.segue.orchestrator.webhook.feed.DeadLetters;
import dev.segue.orchestrator.webhook.feed.EventFeed;
import dev.segue.orchestrator.webhook.signature.Signer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells callback addresses what happens to their songs, each message at least once. What fails here, but for receivers,
 * begins again from what is committed.
 *
 * <p>Started once and closed once, by any threads; the work is done on a thread of its own.
 */
public final class Webhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int WAITING = 5000;
    private static final int SENDING = 128;
    private static final int SENDING_TO_ONE = 4;
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration COMMIT_EVERY = Duration.ofSeconds(1);
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final WebhookConfig config;
    private final Topics topics;
    private final AvroFormat avro;
    private final Map<String, Object> kafka;
    private final Surroundings surroundings;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "webhooks");

    private Webhooks(
            WebhookConfig config,
            Topics topics,
            AvroFormat avro,
            Map<String, Object> kafka,
            Surroundings surroundings) {
        this.config = Objects.requireNonNull(config, "config is null");
        this.topics = Objects.requireNonNull(topics, "topics is null");
        this.avro = Objects.requireNonNull(avro, "avro is null");
        this.kafka = Map.copyOf(kafka);
        this.surroundings = Objects.requireNonNull(surroundings, "surroundings is null");
    }

    /**
     * Starts.
     *
     * @param kafka settings of Kafka's clients
     */
    public static Webhooks start(WebhookConfig config, Topics topics, AvroFormat avro, Map<String, Object> kafka) {
        return start(config, topics, avro, kafka, Surroundings.ofThisMachine());
    }

    static Webhooks start(
            WebhookConfig config,
            Topics topics,
            AvroFormat avro,
            Map<String, Object> kafka,
            Surroundings surroundings) {
        Webhooks webhooks = new Webhooks(config, topics, avro, kafka, surroundings);
        webhooks.thread.start();
        return webhooks;
    }

    private void run() {
        boolean closed = false;
        while (!closed) {
            try (HttpPost post = new HttpPost(
                            config.rules(),
                            new Signer(config.secrets()),
                            surroundings.names(),
                            config.limit(),
                            surroundings.trust(),
                            SENDING,
                            surroundings.clock());
                    DeadLetters deadLetters = new DeadLetters(topics, kafka, surroundings.clock());
                    EventFeed feed = new EventFeed(topics, avro, kafka)) {
                Outbox.Limits limits =
                        new Outbox.Limits(WAITING, SENDING, SENDING_TO_ONE, config.progressEvery(), config.patience());
                deliver(feed, new Deliveries(feed, deadLetters, limits, config.rules(), post, surroundings));
            } catch (RuntimeException e) {
                LOG.warn("event=webhooks_begin_again", e);
            }
            closed = isClosing(PAUSE);
        }
    }

    private void deliver(EventFeed feed, Deliveries deliveries) {
        long committed = System.nanoTime();
        while (closing.getCount() > 0) {
            deliveries.turn();
            if (System.nanoTime() - committed >= COMMIT_EVERY.toNanos()) {
                feed.commit();
                committed = System.nanoTime();
            }
        }
        long end = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (deliveries.finish() && System.nanoTime() - end < 0) {
            LOG.debug("event=webhooks_finish");
        }
        feed.commit();
    }

    private boolean isClosing(Duration wait) {
        try {
            return closing.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Waits a little for answers under way, leaves the group and stops. A second call does nothing. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        LOG.info("event=webhooks_stopped");
    }
}
