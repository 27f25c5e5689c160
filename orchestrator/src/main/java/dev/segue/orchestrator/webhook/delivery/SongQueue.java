package dev.segue.orchestrator.webhook.delivery;

import dev.segue.orchestrator.webhook.message.MessageType;
import dev.segue.orchestrator.webhook.message.SongMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The messages of one song, of which one at a time is on its way. Progress counts only while nothing newer is known, so
 * that one that waits gives way to whatever comes behind it, and none is sent behind the song's end.
 *
 * <p>Owned by the thread of its outbox.
 */
final class SongQueue {
    private final Deque<SongMessage> waiting = new ArrayDeque<>();
    private SongMessage underWay;
    private Instant notBefore = Instant.MIN;
    private Instant lastProgress;
    private Instant failingSince;
    private int failures;
    private boolean stopped;
    private boolean ended;

    /** Puts a message last; gives back those that it replaces. */
    List<SongMessage> add(SongMessage message) {
        if (message.type() == MessageType.RECEIVED) {
            // The id was free again, and this is another song.
            stopped = false;
            ended = false;
        }
        boolean late = ended && message.type() == MessageType.PROGRESS;
        ended |= message.type().isTerminal();
        if (stopped || late) {
            return List.of(message);
        }
        List<SongMessage> replaced = new ArrayList<>();
        while (!waiting.isEmpty() && waiting.peekLast().type() == MessageType.PROGRESS) {
            replaced.add(waiting.pollLast());
        }
        waiting.addLast(message);
        return replaced;
    }

    /** Messages that are not settled. */
    int size() {
        return waiting.size() + (underWay == null ? 0 : 1);
    }

    /** The message that can go out now. */
    Optional<SongMessage> due(Duration progressEvery, Instant now) {
        if (underWay != null || waiting.isEmpty() || now.isBefore(notBefore)) {
            return Optional.empty();
        }
        SongMessage first = waiting.peekFirst();
        boolean tooSoon = first.type() == MessageType.PROGRESS
                && lastProgress != null
                && now.isBefore(lastProgress.plus(progressEvery));
        return tooSoon ? Optional.empty() : Optional.of(first);
    }

    /** Takes the first message out. */
    void start(Instant now) {
        underWay = waiting.pollFirst();
        if (underWay.type() == MessageType.PROGRESS) {
            lastProgress = now;
        }
    }

    /** The message under way arrived or is given up; the next may go. */
    SongMessage done() {
        SongMessage message = underWay;
        underWay = null;
        failures = 0;
        failingSince = null;
        notBefore = Instant.MIN;
        return message;
    }

    /** Counts a failure of the message under way; gives back how many there were. */
    int failed(Instant now) {
        failingSince = failingSince == null ? now : failingSince;
        return ++failures;
    }

    /** Puts the message under way first again; gives it back where something newer has replaced it meanwhile. */
    Optional<SongMessage> again(Instant when) {
        SongMessage message = underWay;
        underWay = null;
        notBefore = when;
        if (message.type() == MessageType.PROGRESS && !waiting.isEmpty()) {
            return Optional.of(message);
        }
        waiting.addFirst(message);
        return Optional.empty();
    }

    /** Takes the first message out for good, if it is not under way; the next may go when it could. */
    Optional<SongMessage> shed() {
        return underWay == null ? Optional.ofNullable(waiting.pollFirst()) : Optional.empty();
    }

    /** Sends nothing more; gives back all that was not sent. */
    List<SongMessage> stop() {
        stopped = true;
        List<SongMessage> left = List.copyOf(waiting);
        waiting.clear();
        return left;
    }

    /** Since when nothing arrives; null if the last message did, or none was sent. */
    Instant failingSince() {
        return failingSince;
    }

    /** Whether nothing need be remembered of it. */
    boolean isForgettable(Duration progressEvery, Instant now) {
        boolean quiet = lastProgress == null || !now.isBefore(lastProgress.plus(progressEvery));
        return size() == 0 && (ended || quiet && !stopped);
    }
}
