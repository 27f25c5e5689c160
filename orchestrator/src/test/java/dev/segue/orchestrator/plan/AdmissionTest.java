package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.orchestrator.plan.Admission.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static Waiting song(String id, String tenant, int priority, long arrival) {
        return new Waiting(id, tenant, priority, arrival);
    }

    @Test
    void theEarliestSongStartsFirst() {
        Admission admission = new Admission(1);
        admission.enqueue(song("b", "t", 0, 2));
        admission.enqueue(song("a", "t", 0, 1));
        assertThat(admission.admit()).contains(song("a", "t", 0, 1));
    }

    @Test
    void aHigherPriorityGoesBeforeAnEarlierArrival() {
        Admission admission = new Admission(1);
        admission.enqueue(song("early", "t", 0, 1));
        admission.enqueue(song("urgent", "t", 5, 2));
        admission.enqueue(song("whenever", "t", -5, 0));
        assertThat(admission.order()).extracting(Waiting::songId).containsExactly("urgent", "early", "whenever");
    }

    @Test
    void noMoreSongsStartThanMayRun() {
        Admission admission = new Admission(2);
        for (int i = 0; i < 3; i++) {
            admission.enqueue(song("s" + i, "t", 0, i));
        }
        assertThat(admission.admit()).isPresent();
        assertThat(admission.admit()).isPresent();
        assertThat(admission.next()).isEmpty();
        assertThat(admission.admit()).isEmpty();
        assertThat(admission.running()).isEqualTo(2);
        assertThat(admission.waiting()).isEqualTo(1);
        admission.remove("s0");
        assertThat(admission.admit()).map(Waiting::songId).contains("s2");
    }

    @Test
    void aTenantsThousandSongsDoNotDelayAnotherOnesSong() {
        Admission admission = new Admission(4);
        for (int i = 0; i < 1000; i++) {
            admission.enqueue(song("many-" + i, "greedy", 0, i));
        }
        admission.enqueue(song("one", "modest", 0, 1000));
        assertThat(admission.position("one")).hasValue(1);
        assertThat(admission.admit()).map(Waiting::songId).contains("many-0");
        assertThat(admission.position("one")).hasValue(0);
        assertThat(admission.admit()).map(Waiting::songId).contains("one");
        assertThat(admission.admit()).map(Waiting::songId).contains("many-1");
    }

    @Test
    void tenantsTakeTurns() {
        Admission admission = new Admission(1);
        for (int i = 0; i < 3; i++) {
            admission.enqueue(song("a" + i, "a", 0, i));
            admission.enqueue(song("b" + i, "b", 0, 10 + i));
        }
        admission.enqueue(song("c0", "c", 0, 20));
        assertThat(admission.order())
                .extracting(Waiting::songId)
                .containsExactly("a0", "b0", "c0", "a1", "b1", "a2", "b2");
    }

    @Test
    void runningSongsCountAgainstTheirTenant() {
        Admission admission = new Admission(10);
        admission.resume("r0", "a");
        admission.resume("r1", "a");
        for (int i = 0; i < 3; i++) {
            admission.enqueue(song("a" + i, "a", 0, i));
            admission.enqueue(song("b" + i, "b", 0, 10 + i));
        }
        assertThat(admission.order()).extracting(Waiting::songId).containsExactly("b0", "b1", "a0", "b2", "a1", "a2");
        admission.remove("r0");
        admission.remove("r1");
        assertThat(admission.next()).map(Waiting::songId).contains("a0");
    }

    @Test
    void songsOfAHigherPriorityCountAgainstTheirTenantToo() {
        Admission admission = new Admission(10);
        admission.enqueue(song("urgent", "a", 9, 0));
        admission.enqueue(song("a0", "a", 0, 1));
        admission.enqueue(song("b0", "b", 0, 2));
        assertThat(admission.order()).extracting(Waiting::songId).containsExactly("urgent", "b0", "a0");
    }

    @Test
    void equalArrivalsAreToldApartBySongId() {
        Admission admission = new Admission(1);
        admission.enqueue(song("b", "t", 0, 1));
        admission.enqueue(song("a", "t", 0, 1));
        assertThat(admission.order()).extracting(Waiting::songId).containsExactly("a", "b");
    }

    @Test
    void aSongThatWaitsOrRunsIsNotQueuedAgain() {
        Admission admission = new Admission(1);
        admission.enqueue(song("a", "t", 0, 1));
        admission.enqueue(song("a", "t", 5, 2));
        assertThat(admission.order()).containsExactly(song("a", "t", 0, 1));
        admission.admit();
        admission.enqueue(song("a", "t", 0, 1));
        assertThat(admission.waiting()).isZero();
    }

    @Test
    void aSongThatIsRemovedIsForgottenWhereverItIs() {
        Admission admission = new Admission(1);
        admission.enqueue(song("a", "t", 0, 1));
        admission.enqueue(song("b", "t", 0, 2));
        admission.remove("a");
        admission.remove("a");
        admission.remove("nobody");
        assertThat(admission.position("a")).isEmpty();
        assertThat(admission.admit()).map(Waiting::songId).contains("b");
        admission.remove("b");
        assertThat(admission.running()).isZero();
        assertThat(admission.next()).isEmpty();
    }

    @Test
    void positionsAreThePlacesInWhichSongsReallyStart() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Admission admission = new Admission(Integer.MAX_VALUE);
            for (int i = 0; i < random.nextInt(6); i++) {
                admission.resume("running-" + i, "tenant-" + random.nextInt(4));
            }
            for (int i = 0; i < 1 + random.nextInt(60); i++) {
                admission.enqueue(
                        song("song-" + i, "tenant-" + random.nextInt(5), random.nextInt(3) - 1, random.nextInt(30)));
            }
            for (int i = 0; i < random.nextInt(10); i++) {
                admission.remove("song-" + random.nextInt(60));
            }
            List<Waiting> order = admission.order();
            assertThat(order).allSatisfy(song -> assertThat(admission.position(song.songId()))
                    .hasValue(order.indexOf(song)));
            List<Waiting> started = new ArrayList<>();
            for (Optional<Waiting> next = admission.admit(); next.isPresent(); next = admission.admit()) {
                started.add(next.get());
            }
            assertThat(started).isEqualTo(order);
        }
    }

    @Test
    void tenThousandSongsAllStartAndTenantsGetEqualShares() {
        Admission admission = new Admission(Integer.MAX_VALUE);
        IntStream.range(0, 10_000)
                .forEach(i -> admission.enqueue(song("song-" + i, "tenant-" + (i < 9_000 ? 0 : i % 10), 0, i)));
        List<String> first = IntStream.range(0, 100)
                .mapToObj(i -> admission.admit().orElseThrow().tenant())
                .toList();
        assertThat(first).filteredOn("tenant-0"::equals).hasSize(10);
        assertThat(admission.order()).hasSize(9_900);
    }

    @Test
    void aLimitOfNoSongsIsRefused() {
        assertThatThrownBy(() -> new Admission(0))
                .hasMessage("limit on running songs is 0 but must be at least 1, or none would ever start; raise it");
    }
}
