package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongStage;
import dev.segue.orchestrator.plan.Cards;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdmissionFlowTest {
    private Rehearsal rehearsal;

    @BeforeEach
    void startWithRoomForOneSong() throws IOException {
        FlowSettings usual = FlowSettings.DEFAULT;
        rehearsal = new Rehearsal(
                Cards.small(),
                new FlowSettings(
                        usual.limits(),
                        1,
                        usual.lostAfter(),
                        usual.unclaimedAfter(),
                        usual.retryAfter(),
                        usual.keepEnded(),
                        usual.registryPatience()));
    }

    @AfterEach
    void close() throws IOException {
        rehearsal.close();
    }

    @Test
    void songsStartByPriorityAndThenByArrival() {
        submit("first", 0, "a");
        submit("second", 0, "a");
        submit("third", 0, "a");
        submit("urgent", 10, "a");
        rehearsal.prepareAll();
        rehearsal.workAll();
        assertThat(started()).containsExactly("first", "urgent", "second", "third");
    }

    @Test
    void aTenantsManySongsDoNotDelayAnotherTenants() throws IOException {
        for (int i = 0; i < 5; i++) {
            submit("crowd-" + i, 0, "crowd");
        }
        submit("lone", 0, "lone");
        rehearsal.prepareAll();
        rehearsal.workAll();
        assertThat(started().indexOf("lone")).isLessThanOrEqualTo(5);
        assertThat(started()).hasSize(6);
    }

    @Test
    void waitingSongsAreToldTheirPlaceAndWhenItChanges() {
        submit("first", 0, "a");
        submit("second", 0, "a");
        submit("third", 0, "a");
        rehearsal.prepareAll();
        assertThat(rehearsal.last("third").getKind()).isEqualTo(SongEventKind.ACCEPTED);
        assertThat(rehearsal.last("third").getProgress().getQueuePosition()).isEqualTo(1);
        rehearsal.pass(Duration.ofSeconds(1));
        rehearsal.cancel("first");
        rehearsal.pass(Duration.ofSeconds(2));
        assertThat(rehearsal.last("second").getProgress().getStage()).isEqualTo(SongStage.SAMPLING);
        assertThat(rehearsal.last("second").getProgress().getQueuePosition()).isNull();
        assertThat(rehearsal.last("third").getKind()).isEqualTo(SongEventKind.PROGRESS);
        assertThat(rehearsal.last("third").getProgress().getQueuePosition()).isZero();
        int told = rehearsal.events("third").size();
        rehearsal.pass(Duration.ofSeconds(10));
        assertThat(rehearsal.events("third")).hasSize(told);
    }

    @Test
    void whicheverWayASongEndsTheNextOneStarts() {
        submit("failing", 0, "a");
        submit("expiring", 0, "a");
        submit("last", 0, "a");
        rehearsal.prepareAll();
        rehearsal.answer(rehearsal.worker.failed(rehearsal.windowTasks.poll(), FailureReason.NOT_A_NUMBER, false));
        assertThat(started()).contains("expiring");
        rehearsal.cancel("expiring");
        assertThat(started()).contains("last");
    }

    private void submit(String songId, int priority, String tenant) {
        rehearsal.send(rehearsal
                .request(songId, 0.3)
                .setFinestLevel(2)
                .setPriority(priority)
                .setTenant(tenant)
                .build());
    }

    /** Songs in the order in which they started. */
    private List<String> started() {
        List<String> started = new ArrayList<>();
        for (SongEvent event : rehearsal.events) {
            if (event.getKind() == SongEventKind.PROGRESS
                    && event.getProgress().getStage() == SongStage.SAMPLING
                    && !started.contains(event.getSongId())) {
                started.add(event.getSongId());
            }
        }
        return started;
    }
}
