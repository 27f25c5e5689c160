package dev.segue.orchestrator.webhook;

import dev.segue.contracts.record.SongEventKind;
import dev.segue.orchestrator.callback.CallbackRules;
import dev.segue.orchestrator.webhook.delivery.Ends;
import dev.segue.orchestrator.webhook.delivery.Outbox;
import dev.segue.orchestrator.webhook.delivery.Post;
import dev.segue.orchestrator.webhook.feed.DeadLetters;
import dev.segue.orchestrator.webhook.feed.EventFeed;
import dev.segue.orchestrator.webhook.message.SongMessage;
import dev.segue.orchestrator.webhook.message.SongMessages;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Moves events into an outbox, and what becomes of their messages back into the feed or among the dead letters.
 *
 * <p>Owned by one thread.
 */
final class Deliveries implements Ends {
    private static final Duration WAIT = Duration.ofMillis(50);

    private final EventFeed feed;
    private final DeadLetters deadLetters;
    private final Outbox.Limits limits;
    private final CallbackRules rules;
    private final Post post;
    private final Surroundings surroundings;
    private final Map<Long, ConsumerRecord<byte[], byte[]>> records = new HashMap<>();
    private Outbox outbox;
    private int assignment;

    Deliveries(
            EventFeed feed,
            DeadLetters deadLetters,
            Outbox.Limits limits,
            CallbackRules rules,
            Post post,
            Surroundings surroundings) {
        this.feed = Objects.requireNonNull(feed, "feed is null");
        this.deadLetters = Objects.requireNonNull(deadLetters, "deadLetters is null");
        this.limits = Objects.requireNonNull(limits, "limits is null");
        this.rules = Objects.requireNonNull(rules, "rules is null");
        this.post = Objects.requireNonNull(post, "post is null");
        this.surroundings = Objects.requireNonNull(surroundings, "surroundings is null");
        this.outbox = newOutbox();
    }

    private Outbox newOutbox() {
        return new Outbox(limits, post, this, surroundings.clock(), surroundings.random());
    }

    /** Takes in events and answers, and sends what is due. */
    void turn() {
        List<EventFeed.Told> events = feed.poll(!outbox.isFull(), WAIT);
        if (assignment != feed.assignment()) {
            // Another had the events meanwhile: what is under way is its or, again, ours.
            assignment = feed.assignment();
            outbox = newOutbox();
            records.clear();
        }
        for (EventFeed.Told told : events) {
            long offset = told.record().offset();
            Optional<SongMessage> message =
                    isRefusedForItsAddress(told) ? Optional.empty() : SongMessages.of(told.event(), offset);
            if (message.isPresent()) {
                records.put(offset, told.record());
                outbox.add(message.get());
            } else {
                feed.settle(offset);
            }
        }
        outbox.turn();
    }

    /** A request whose callback may not be called is turned away, and that cannot be told there. */
    private boolean isRefusedForItsAddress(EventFeed.Told told) {
        return told.event().getKind() == SongEventKind.REJECTED
                && told.event().getCallbackUrl() != null
                && rules.problem(told.event().getCallbackUrl()).isPresent();
    }

    /** Takes in what answers came, and sends nothing more; gives back whether any are still to come. */
    boolean finish() {
        feed.poll(false, WAIT);
        outbox.takeAnswers();
        return outbox.underWay() > 0 && assignment == feed.assignment();
    }

    @Override
    public void settled(SongMessage message) {
        records.remove(message.offset());
        feed.settle(message.offset());
    }

    @Override
    public void givenUp(SongMessage message, String reason) {
        ConsumerRecord<byte[], byte[]> record = records.remove(message.offset());
        deadLetters.put(record, message.type() + " could not be told to its callback address: " + reason);
        feed.settle(message.offset());
    }
}
