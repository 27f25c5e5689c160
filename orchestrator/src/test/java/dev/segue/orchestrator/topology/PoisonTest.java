package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.orchestrator.plan.Cards;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens where stored state itself is broken, which nothing should be able to do. */
class PoisonTest {
    private Rehearsal rehearsal;

    @BeforeEach
    void startTwoSongs() throws IOException {
        rehearsal = new Rehearsal(Cards.small(), FlowSettings.DEFAULT);
        rehearsal.send(rehearsal.request("broken", 0.5).build());
        rehearsal.send(rehearsal.request("other", 0.5).build());
    }

    @AfterEach
    void close() throws IOException {
        rehearsal.close();
    }

    @Test
    void aRecordWhoseStepFailsGoesToDeadLettersAndItsSongAloneFails() {
        rehearsal.breakEntry(SongTopology.SONGS, "broken", 'r');
        rehearsal.workAll();
        assertThat(rehearsal.only("broken", SongEventKind.FAILED).getFailed().getReason())
                .isEqualTo(FailureReason.INTERNAL);
        assertThat(rehearsal.deadLetters).hasSize(1);
        assertThat(rehearsal.tally.of(Tally.Event.UNDONE_STEP)).isEqualTo(2);
        rehearsal.only("other", SongEventKind.COMPLETED);
    }

    @Test
    void aStepThatFailsHalfWayLeavesNothingBehind() {
        rehearsal.prepareAll();
        rehearsal.breakCodes("broken");
        rehearsal.workAll();
        assertThat(rehearsal.kinds("broken")).endsWith(SongEventKind.FAILED);
        assertThat(rehearsal.events("broken"))
                .extracting(event -> event.getSequence())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, rehearsal.events("broken").size())
                                .boxed()
                                .toList());
        rehearsal.only("other", SongEventKind.COMPLETED);
        assertThat(rehearsal.entries(SongTopology.CODES)).isZero();
    }

    @Test
    void aSongThatCannotGoOnFromItsStateFailsAtTheNextTick() {
        rehearsal.prepareAll();
        rehearsal.breakEntry(SongTopology.SONGS, "broken", 'r');
        rehearsal.failAStep();
        rehearsal.pass(Duration.ofSeconds(1));
        assertThat(rehearsal.only("broken", SongEventKind.FAILED).getFailed().getMessage())
                .contains("could not go on");
        rehearsal.workAll();
        rehearsal.only("other", SongEventKind.COMPLETED);
    }

    @Test
    void aSongWhosePlaceIsUnreadableFailsAndOneWhoseTicketIsUnreadableIsLostAlone() {
        rehearsal.prepareAll();
        rehearsal.send(rehearsal.request("lost", 0.5).build());
        rehearsal.breakEntry(SongTopology.SONGS, "broken", 'p');
        rehearsal.breakEntry(SongTopology.SONGS, "lost", 't');
        rehearsal.failAStep();
        rehearsal.pass(Duration.ofSeconds(1));
        rehearsal.only("broken", SongEventKind.FAILED);
        rehearsal.workAll();
        rehearsal.only("other", SongEventKind.COMPLETED);
        rehearsal.send(rehearsal.request("lost", 0.5).build());
        rehearsal.workAll();
        rehearsal.only("lost", SongEventKind.COMPLETED);
    }

    @Test
    void aSongOfWhichATaskWouldNotFitItsTopicFailsAlone() {
        rehearsal.send(rehearsal
                .request("large", 0.5)
                .setLyrics("\u4e2d".repeat(20_000))
                .build());
        rehearsal.audioTasks.stream()
                .filter(task -> task.getSongId().equals("large"))
                .toList()
                .forEach(task -> {
                    rehearsal.audioTasks.remove(task);
                    var last = rehearsal.worker.prepared(task, "p").get(0);
                    rehearsal.answer(AudioSegment.newBuilder(last)
                            .setPrepared(SongPrepared.newBuilder(last.getPrepared())
                                    .setHeardLyrics("x".repeat(1_044_000))
                                    .build())
                            .build());
                });
        assertThat(rehearsal.only("large", SongEventKind.FAILED).getFailed().getReason())
                .isEqualTo(FailureReason.INTERNAL);
        rehearsal.workAll();
        rehearsal.only("other", SongEventKind.COMPLETED);
        rehearsal.only("broken", SongEventKind.COMPLETED);
    }
}
