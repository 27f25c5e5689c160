package dev.segue.orchestrator.webhook.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OffsetLedgerTest {
    @Test
    void whatIsCommittedIsTheOldestEventThatIsNotTold() {
        OffsetLedger ledger = OffsetLedger.of(null);
        take(ledger, 0, 10);
        settle(ledger, 0, 1, 2, 5);
        assertThat(ledger.position().offset()).isEqualTo(3);
        settle(ledger, 3, 4, 6, 7, 8, 9);
        assertThat(ledger.position()).isEqualTo(new OffsetAndMetadata(10));
    }

    @Test
    void afterARestartOnlyWhatIsNotToldIsTold() {
        OffsetLedger ledger = OffsetLedger.of(null);
        take(ledger, 0, 1000);
        LongStream.range(0, 1000).filter(offset -> offset % 97 != 5).forEach(ledger::settle);

        OffsetLedger next = OffsetLedger.of(ledger.position());

        assertThat(LongStream.range(ledger.position().offset(), 1003).filter(next::take))
                .containsExactly(5L, 102L, 199L, 296L, 393L, 490L, 587L, 684L, 781L, 878L, 975L, 1000L, 1001L, 1002L);
    }

    @Test
    void whatWasNotReadAgainYetStaysKnown() {
        OffsetLedger ledger = OffsetLedger.of(null);
        take(ledger, 0, 100);
        LongStream.range(0, 100).filter(offset -> offset != 10 && offset != 50).forEach(ledger::settle);
        OffsetLedger next = OffsetLedger.of(ledger.position());
        take(next, 10, 30);
        next.settle(10);

        assertThat(next.position().offset()).isEqualTo(50);
        assertThat(LongStream.range(50, 101).filter(OffsetLedger.of(next.position())::take))
                .containsExactly(50L, 100L);
    }

    @Test
    void anEventThatIsNoLongerKeptHoldsNothingUp() {
        OffsetLedger ledger = OffsetLedger.of(null);
        take(ledger, 0, 100);
        LongStream.range(0, 100).filter(offset -> offset != 10 && offset != 50).forEach(ledger::settle);
        OffsetLedger next = OffsetLedger.of(ledger.position());
        take(next, 60, 110);
        LongStream.range(100, 110).forEach(next::settle);
        assertThat(next.position()).isEqualTo(new OffsetAndMetadata(110));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void whateverIsSettledNothingIsLostAndACommitIsShort(long seed) {
        Random random = new Random(seed);
        int events = 1 + random.nextInt(6000);
        double told = random.nextDouble();
        TreeSet<Long> open = new TreeSet<>();
        OffsetLedger ledger = OffsetLedger.of(null);
        for (long offset = 0; offset < events; offset++) {
            ledger.take(offset);
            if (random.nextDouble() < told) {
                ledger.settle(offset);
            } else {
                open.add(offset);
            }
        }

        OffsetAndMetadata position = ledger.position();
        OffsetLedger next = OffsetLedger.of(position);
        List<Long> again = LongStream.range(position.offset(), events)
                .filter(next::take)
                .boxed()
                .toList();

        assertThat(again).containsAll(open);
        assertThat(position.metadata()).hasSizeLessThan(4096);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "1 x?y", "2 5 1", "1", "1 z -"})
    void metadataThatSaysNothingMeansThatAllIsToldAgain(String metadata) {
        OffsetLedger ledger = OffsetLedger.of(new OffsetAndMetadata(7, Optional.empty(), metadata));
        assertThat(LongStream.range(7, 12).filter(ledger::take)).containsExactly(7L, 8L, 9L, 10L, 11L);
    }

    private static void take(OffsetLedger ledger, long from, long to) {
        LongStream.range(from, to).forEach(ledger::take);
    }

    private static void settle(OffsetLedger ledger, long... offsets) {
        LongStream.of(offsets).forEach(ledger::settle);
    }
}
