package dev.segue.orchestrator.webhook.delivery;

import dev.segue.orchestrator.callback.CallbackRules;
import dev.segue.orchestrator.webhook.message.SongMessage;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All messages on their way. A song's messages go out one after the other, songs do not wait for each other, and a receiver
 * that does not answer holds a limited number of sendings.
 *
 * <p>A little larger than most classes: one case for each outcome.
 *
 * <p>Owned by one thread; answers may come on any.
 */
public final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Limits limits;
    private final Post post;
    private final Ends ends;
    private final Clock clock;
    private final DoubleSupplier random;
    private final Map<String, SongQueue> songs = new LinkedHashMap<>();
    private final Map<String, Integer> sending = new HashMap<>();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private int size;
    private int underWay;

    /**
     * How much at a time.
     *
     * @param waiting messages that are not settled; those of receivers that fail are given up beyond it
     * @param sending messages that are being sent
     * @param sendingToOne those to one receiver: a host and port
     * @param progressEvery how long a song's progress is not told again
     * @param patience how often a message is sent
     */
    public record Limits(int waiting, int sending, int sendingToOne, Duration progressEvery, Patience patience) {
        public Limits {
            Objects.requireNonNull(progressEvery, "progressEvery is null");
            Objects.requireNonNull(patience, "patience is null");
        }
    }

    private record Answer(SongQueue song, SongMessage message, Outcome outcome) {}

    /**
     * An empty one.
     *
     * @param random numbers from 0 to 1
     */
    public Outbox(Limits limits, Post post, Ends ends, Clock clock, DoubleSupplier random) {
        this.limits = Objects.requireNonNull(limits, "limits is null");
        this.post = Objects.requireNonNull(post, "post is null");
        this.ends = Objects.requireNonNull(ends, "ends is null");
        this.clock = Objects.requireNonNull(clock, "clock is null");
        this.random = Objects.requireNonNull(random, "random is null");
    }

    /** Takes a message in. */
    public void add(SongMessage message) {
        size++;
        songs.computeIfAbsent(message.songId(), id -> new SongQueue())
                .add(message)
                .forEach(this::settle);
    }

    /** Takes in what answers came, and sends nothing. */
    public void takeAnswers() {
        for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
            underWay--;
            sending.merge(receiver(answer.message()), -1, (all, one) -> all + one == 0 ? null : all + one);
            take(answer.song(), answer.message(), answer.outcome());
        }
    }

    /** Takes in what answers came, and sends what is due. */
    public void turn() {
        takeAnswers();
        while (size > limits.waiting() && shed()) {
            LOG.debug("event=webhook_shed waiting={}", size);
        }
        Instant now = clock.instant();
        for (SongQueue song : songs.values()) {
            song.due(limits.progressEvery(), now)
                    .filter(this::mayBeSent)
                    .ifPresent(message -> send(song, message, now));
        }
        songs.values().removeIf(song -> song.isForgettable(limits.progressEvery(), now));
    }

    /** Whether no more may be added. */
    public boolean isFull() {
        return size >= limits.waiting();
    }

    /** Messages that are not settled. */
    public int size() {
        return size;
    }

    /** Messages that are being sent. */
    public int underWay() {
        return underWay;
    }

    private boolean mayBeSent(SongMessage message) {
        return underWay < limits.sending() && sending.getOrDefault(receiver(message), 0) < limits.sendingToOne();
    }

    private void send(SongQueue song, SongMessage message, Instant now) {
        song.start(now);
        underWay++;
        sending.merge(receiver(message), 1, Integer::sum);
        post.send(message)
                .whenComplete((outcome, failure) -> answers.add(new Answer(
                        song,
                        message,
                        failure == null ? outcome : Outcome.failed("it could not be sent: " + failure))));
    }

    private void take(SongQueue song, SongMessage message, Outcome outcome) {
        if (outcome instanceof Outcome.Delivered) {
            settle(song.done());
            LOG.debug("event=webhook_delivered song={} id={}", message.songId(), message.id());
        } else if (outcome instanceof Outcome.Failed failed) {
            failed(song, message, failed);
        } else if (outcome instanceof Outcome.Refused refused) {
            giveUp(song.done(), refused.reason());
        } else if (outcome instanceof Outcome.Gone) {
            LOG.info("event=webhook_gone song={} receiver={}", message.songId(), receiver(message));
            settle(song.done());
            song.stop().forEach(this::settle);
        } else if (outcome instanceof Outcome.Forbidden forbidden) {
            giveUp(song.done(), forbidden.reason() + "; nothing more of this song is sent");
            song.stop().forEach(this::settle);
        }
    }

    private void failed(SongQueue song, SongMessage message, Outcome.Failed failed) {
        Instant now = clock.instant();
        Patience patience = limits.patience();
        int failures = song.failed(now);
        if (patience.isOver(message.at(), now)) {
            giveUp(song.done(), failed.reason() + ", " + times(failures) + " in " + patience.giveUpAfter());
            return;
        }
        Duration asked = failed.after().orElse(Duration.ZERO);
        Instant next = patience.next(failures, asked, random.getAsDouble(), message.at(), now);
        LOG.info(
                "event=webhook_failed song={} id={} receiver={} failures={} next={} reason=\"{}\"",
                message.songId(),
                message.id(),
                receiver(message),
                failures,
                next,
                failed.reason());
        song.again(next).ifPresent(this::settle);
    }

    /** Makes room at the cost of the song whose receiver has not answered for the longest. */
    private boolean shed() {
        return songs.values().stream()
                .filter(song -> song.failingSince() != null)
                .sorted(Comparator.comparing(SongQueue::failingSince))
                .map(SongQueue::shed)
                .flatMap(Optional::stream)
                .findFirst()
                .map(message -> {
                    giveUp(message, "its receiver fails, and more than " + limits.waiting() + " messages wait");
                    return message;
                })
                .isPresent();
    }

    private void settle(SongMessage message) {
        size--;
        ends.settled(message);
    }

    private void giveUp(SongMessage message, String reason) {
        LOG.warn(
                "event=webhook_given_up song={} id={} receiver={} reason=\"{}\"",
                message.songId(),
                message.id(),
                receiver(message),
                reason);
        size--;
        ends.givenUp(message, reason);
    }

    private static String times(int failures) {
        return failures == 1 ? "once" : failures + " times";
    }

    /** Host and port: what may be known of an address. */
    private static String receiver(SongMessage message) {
        try {
            URI address = new URI(message.address());
            return address.getHost() + ":" + CallbackRules.port(address);
        } catch (URISyntaxException e) {
            return "-";
        }
    }
}
