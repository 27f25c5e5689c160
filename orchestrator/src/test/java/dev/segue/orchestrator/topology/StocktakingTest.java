package dev.segue.orchestrator.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.segue.orchestrator.plan.Backlog;
import dev.segue.orchestrator.plan.Cards;
import dev.segue.orchestrator.state.Stage;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StocktakingTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Backlog NOTHING = new Backlog(
            Map.of(0, Backlog.Level.NONE, 1, Backlog.Level.NONE, 2, Backlog.Level.NONE), new Backlog.Audio(0, 0));
    /** Of {@link Cards#small}: 800 samples a second, a code of the finest level for each two. */
    private static final double SECONDS = 0.32;

    private Rehearsal rehearsal;

    @BeforeEach
    void start() throws IOException {
        rehearsal = new Rehearsal(Cards.small(), FlowSettings.DEFAULT);
    }

    @AfterEach
    void close() throws IOException {
        rehearsal.close();
    }

    @Test
    void nothingIsExactlyZeroBeforeTheFirstSongAndAfterTheLast() throws InterruptedException {
        assertThat(counted(now -> true).backlog()).isEqualTo(NOTHING);

        rehearsal.send(rehearsal.request("song", SECONDS).build());
        counted(now -> !now.backlog().equals(NOTHING));
        rehearsal.workAll();

        Overview after = counted(now -> now.backlog().equals(NOTHING));
        assertThat(after.songs()).isEmpty();
        assertThat(after.oldestQueued()).isEmpty();
    }

    @Test
    void aSongThatIsOnlyAskedForIsWorkForTheOneWhoChecksIt() throws InterruptedException {
        rehearsal.send(rehearsal.request("song", SECONDS).build());

        Overview now = counted(counted -> counted.backlog().audio().tasks() == 1);

        assertThat(now.backlog().levels()).isEqualTo(NOTHING.levels());
        assertThat(now.backlog().audio().seconds()).isPositive();
        assertThat(now.songs()).isEqualTo(Map.of(Stage.PREPARING, 1));
    }

    @Test
    void everyLevelCountsWhatItStillNeedsAndLastsAsLongAsItsSoundUntilAnythingWasMeasured()
            throws InterruptedException {
        rehearsal.send(rehearsal.request("song", SECONDS).build());
        rehearsal.prepareAll();

        Backlog backlog =
                counted(now -> now.backlog().levels().get(0).codes() > 0).backlog();

        assertThat(backlog.levels().get(2).codes()).isEqualTo(32);
        assertThat(backlog.levels().get(1).codes()).isEqualTo(64);
        assertThat(backlog.levels().get(0).codes()).isEqualTo(128);
        assertThat(backlog.levels().get(0).seconds()).isCloseTo(SECONDS, within(1e-9));
        assertThat(backlog.levels().get(2).tasks())
                .as("only the coarsest level can begin")
                .isPositive();
        assertThat(backlog.levels().get(0).tasks()).isZero();
        assertThat(backlog.levels().values()).allMatch(level -> level.songs() == 1);
    }

    @Test
    void aLevelIsLessWithEachWindowAndNothingWhenItIsWhole() throws InterruptedException {
        rehearsal.send(rehearsal.request("song", SECONDS).build());
        rehearsal.prepareAll();
        counted(now -> now.backlog().levels().get(2).codes() == 32);

        while (!rehearsal.windowTasks.isEmpty() && rehearsal.windowTasks.peek().getLevel() == 2) {
            rehearsal.worker.all(rehearsal.windowTasks.poll(), rehearsal.now()).forEach(rehearsal::answer);
        }

        Backlog backlog =
                counted(now -> now.backlog().levels().get(2).codes() == 0).backlog();
        assertThat(backlog.levels().get(1).tasks()).isPositive();
        assertThat(backlog.levels().get(1).codes()).isEqualTo(64);
    }

    /** What was counted last, once it is as wanted: it is counted a few times a second. */
    private Overview counted(Predicate<Overview> wanted) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        Overview now = rehearsal.telemetry.overview().orElseThrow();
        while (!wanted.test(now)) {
            assertThat(System.nanoTime()).as(now.toString()).isLessThan(end);
            Thread.sleep(20);
            rehearsal.pass(Duration.ofMillis(100));
            now = rehearsal.telemetry.overview().orElseThrow();
        }
        return now;
    }
}
