package dev.segue.orchestrator.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.orchestrator.webhook.message.MessageType;
import dev.segue.orchestrator.webhook.message.SongMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** When what is sent: a clock that stands still, receivers that answer when the test says so. */
class OutboxTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Outcome OK = new Outcome.Delivered();
    private static final Outcome BROKEN = Outcome.failed("it answered 500");
    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofMinutes(1));

    private final HandClock clock = new HandClock(START);
    private final Map<String, CompletableFuture<Outcome>> sent = new LinkedHashMap<>();
    private final List<String> log = new ArrayList<>();
    private final List<Long> settled = new ArrayList<>();
    private final List<String> givenUp = new ArrayList<>();
    private long offsets;
    private Outbox outbox = outbox(100, 100, 100);

    private Outbox outbox(int waiting, int sending, int sendingToOne) {
        Ends ends = new Ends() {
            @Override
            public void settled(SongMessage message) {
                settled.add(message.offset());
            }

            @Override
            public void givenUp(SongMessage message, String reason) {
                givenUp.add(message.id() + ": " + reason);
            }
        };
        return new Outbox(
                new Outbox.Limits(waiting, sending, sendingToOne, Duration.ofSeconds(5), PATIENCE),
                this::send,
                ends,
                clock,
                () -> 1.0);
    }

    @Test
    void messagesOfASongGoOneAfterTheOtherAndSongsDoNotWaitForEachOther() {
        add("a", MessageType.RECEIVED);
        add("a", MessageType.ACCEPTED);
        add("b", MessageType.RECEIVED);
        outbox.turn();
        assertThat(sent).containsOnlyKeys("a0", "b2");
        answer("b2", OK);
        assertThat(settled).containsExactly(2L);
        answer("a0", OK);
        assertThat(sent).containsOnlyKeys("a1");
    }

    @Test
    void whatFailsIsSentAgainAfterWaitsThatGrowUntilItArrives() {
        add("a", MessageType.RECEIVED);
        add("a", MessageType.ACCEPTED);
        for (int i = 0; i < 5; i++) {
            untilSent("a0");
            answer("a0", BROKEN);
        }
        untilSent("a0");
        answer("a0", OK);
        assertThat(log).containsExactly("0 a0", "2 a0", "6 a0", "14 a0", "24 a0", "34 a0", "34 a1");
        assertThat(settled).containsExactly(0L);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void jitterShortensAWaitByHalfAtMost() {
        Instant at = clock.instant();
        assertThat(PATIENCE.next(1, Duration.ZERO, 0, at, at)).isEqualTo(at.plusSeconds(1));
        assertThat(PATIENCE.next(1, Duration.ZERO, 0.5, at, at)).isEqualTo(at.plusMillis(1500));
        assertThat(PATIENCE.next(1000, Duration.ZERO, 1, at, at)).isEqualTo(at.plusSeconds(10));
    }

    @Test
    void aReceiverThatAsksForTimeGetsItUpToAnHour() {
        Patience patience = new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofHours(12));
        Instant at = clock.instant();
        assertThat(patience.next(1, Duration.ofSeconds(30), 1, at, at)).isEqualTo(at.plusSeconds(30));
        assertThat(patience.next(1, Duration.ofSeconds(1), 1, at, at)).isEqualTo(at.plusSeconds(2));
        assertThat(patience.next(1, Duration.ofDays(30), 1, at, at)).isEqualTo(at.plusSeconds(3600));

        add("a", MessageType.RECEIVED);
        outbox.turn();
        answer("a0", new Outcome.Failed("it answered 503", Optional.of(Duration.ofSeconds(30))));
        untilSent("a0");
        assertThat(log).containsExactly("0 a0", "30 a0");
    }

    @Test
    void whatIsTooOldIsTriedALastTimeAndGivenUpAndTheNextGetsItsTry() {
        add("a", MessageType.RECEIVED);
        add("a", MessageType.ACCEPTED);
        while (givenUp.size() < 2) {
            untilSent(null);
            sent.keySet().stream().findFirst().ifPresent(id -> answer(id, BROKEN));
        }
        assertThat(log)
                .containsExactly("0 a0", "2 a0", "6 a0", "14 a0", "24 a0", "34 a0", "44 a0", "54 a0", "60 a0", "60 a1");
        assertThat(givenUp)
                .containsExactly("a0: it answered 500, 9 times in PT1M", "a1: it answered 500, once in PT1M");
        assertThat(outbox.size()).isZero();
    }

    @Test
    void whatTheReceiverRefusesIsGivenUpAtOnceAndTheNextGoes() {
        add("a", MessageType.RECEIVED);
        add("a", MessageType.ACCEPTED);
        outbox.turn();
        answer("a0", new Outcome.Refused("it answered 400"));
        assertThat(givenUp).containsExactly("a0: it answered 400");
        assertThat(sent).containsOnlyKeys("a1");
    }

    @Test
    void aReceiverThatIsGoneGetsNothingMoreOfTheSong() {
        add("a", MessageType.RECEIVED);
        add("a", MessageType.ACCEPTED);
        outbox.turn();
        answer("a0", new Outcome.Gone());
        add("a", MessageType.COMPLETED);
        add("b", MessageType.RECEIVED);
        outbox.turn();
        assertThat(log).containsExactly("0 a0", "0 b3");
        assertThat(settled).containsExactly(0L, 1L, 2L);
        assertThat(givenUp).isEmpty();
    }

    @Test
    void anAddressThatMayNotBeReachedIsReportedOnceAndLeftAlone() {
        add("a", MessageType.RECEIVED);
        add("a", MessageType.ACCEPTED);
        outbox.turn();
        answer("a0", new Outcome.Forbidden("its name stands for an address of 10.0.0.0/8, private"));
        add("a", MessageType.COMPLETED);
        outbox.turn();
        assertThat(log).containsExactly("0 a0");
        assertThat(givenUp).singleElement().asString().contains("10.0.0.0/8", "nothing more of this song");
        assertThat(settled).containsExactly(1L, 2L);
    }

    @Test
    void aSongWhoseIdIsFreeAgainIsAnotherSong() {
        add("a", MessageType.RECEIVED);
        outbox.turn();
        answer("a0", new Outcome.Gone());
        add("a", MessageType.REJECTED);
        add("a", MessageType.RECEIVED);
        outbox.turn();
        assertThat(log).containsExactly("0 a0", "0 a2");
    }

    @Test
    void progressIsToldAtMostEveryFiveSecondsAndTheLatestWins() {
        for (int i = 0; i < 4; i++) {
            add("a", MessageType.PROGRESS);
        }
        outbox.turn();
        answer("a3", OK);
        add("a", MessageType.PROGRESS);
        add("a", MessageType.PROGRESS);
        untilSent("a5");
        answer("a5", OK);
        assertThat(log).containsExactly("0 a3", "5 a5");
        assertThat(settled).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void progressIsToldOnItsWayOnlyAndNeverBehindTheEnd() {
        add("a", MessageType.PROGRESS);
        outbox.turn();
        add("a", MessageType.PROGRESS);
        add("a", MessageType.AUDIO_READY);
        add("a", MessageType.PROGRESS);
        add("a", MessageType.COMPLETED);
        add("a", MessageType.PROGRESS);
        answer("a0", BROKEN);
        clock.pass(Duration.ofSeconds(2));
        outbox.turn();
        answer("a2", OK);
        answer("a4", OK);
        assertThat(log).containsExactly("0 a0", "2 a2", "2 a4");
        assertThat(outbox.size()).isZero();
    }

    @Test
    void aReceiverThatHangsHoldsFewSendingsAndOthersAreServed() {
        outbox = outbox(100, 10, 2);
        for (String song : List.of("h1", "h2", "h3", "h4")) {
            outbox.add(message(song, MessageType.RECEIVED, "https://hangs.example/"));
        }
        add("a", MessageType.RECEIVED);
        outbox.turn();
        assertThat(sent).containsOnlyKeys("h10", "h21", "a4");
        answer("h10", Outcome.failed("it did not answer within PT15S"));
        assertThat(sent).containsOnlyKeys("h21", "a4", "h32");
        assertThat(outbox.underWay()).isEqualTo(3);
    }

    @Test
    void whereTooManyWaitThoseOfTheReceiverThatFailsForTheLongestAreGivenUp() {
        outbox = outbox(4, 10, 10);
        add("dead", MessageType.RECEIVED);
        outbox.turn();
        answer("dead0", BROKEN);
        clock.pass(Duration.ofSeconds(1));
        add("ill", MessageType.RECEIVED);
        outbox.turn();
        answer("ill1", BROKEN);
        add("dead", MessageType.ACCEPTED);
        add("a", MessageType.RECEIVED);
        add("a", MessageType.ACCEPTED);
        assertThat(outbox.isFull()).isTrue();
        outbox.turn();
        assertThat(givenUp).singleElement().asString().startsWith("dead0: its receiver fails, and more than 4");
        assertThat(outbox.size()).isEqualTo(4);
    }

    @Test
    void whereTooManyWaitAndNobodyFailsNothingIsGivenUp() {
        outbox = outbox(2, 10, 10);
        for (int i = 0; i < 4; i++) {
            add("a", MessageType.AUDIO_READY);
        }
        outbox.turn();
        assertThat(outbox.isFull()).isTrue();
        assertThat(givenUp).isEmpty();
        for (int i = 0; i < 4; i++) {
            answer("a" + i, OK);
        }
        assertThat(outbox.isFull()).isFalse();
        assertThat(settled).containsExactly(0L, 1L, 2L, 3L);
    }

    private CompletableFuture<Outcome> send(SongMessage message) {
        log.add(Duration.between(START, clock.instant()).toSeconds() + " " + message.id());
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        sent.put(message.id(), outcome);
        return outcome;
    }

    private void answer(String id, Outcome outcome) {
        sent.remove(id).complete(outcome);
        outbox.turn();
    }

    /** Lets time pass until a message is out; null for any. */
    private void untilSent(String id) {
        outbox.turn();
        for (int i = 0; i < 1000 && (id == null ? sent.isEmpty() : !sent.containsKey(id)); i++) {
            clock.pass(Duration.ofMillis(500));
            outbox.turn();
        }
    }

    private void add(String song, MessageType type) {
        outbox.add(message(song, type, "https://studio.example/"));
    }

    private SongMessage message(String song, MessageType type, String address) {
        long offset = offsets++;
        return new SongMessage(offset, song, song + offset, address, type, START, new byte[0]);
    }
}
