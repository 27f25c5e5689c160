package dev.segue.standalone.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.client.Events;
import dev.segue.contracts.client.SongState;
import dev.segue.contracts.record.SongEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Songs as a table. */
class StatusTableTest {
    @Test
    void aSongThatGoesOnHasAPlaceAndATimeAndOneThatEndedHasNeither() {
        Events waiting = new Events();
        Events running = new Events();
        Events ended = new Events();

        List<String> table = StatusTable.of(
                List.of(
                        state(waiting.received(), waiting.accepted()),
                        state(running.accepted(), running.progress(800, 60)),
                        state(ended.accepted(), ended.failed())),
                Events.START.plusSeconds(75));

        assertThat(table)
                .containsExactly(
                        "SONG       TENANT   STAGE     DONE  BEFORE IT  TO GO   AGE",
                        "blue-song  default  queued    0 %   2          –       1 min 15 s",
                        "blue-song  default  sampling  50 %  –          12.5 s  1 min 15 s",
                        "blue-song  default  failed    0 %   –          –       1 min 15 s");
    }

    private static SongState state(SongEvent... events) {
        return SongState.of(List.of(events)).get(Events.SONG);
    }
}
