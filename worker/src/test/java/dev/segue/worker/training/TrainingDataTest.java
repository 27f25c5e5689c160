package dev.segue.worker.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingDataTest {

    @Test
    void everyItemLiesWithinOneSong() {
        List<Long> durations = List.of(1000L, 2500L, 1999L);
        Songbook songs = new Songbook(durations, 1000);
        for (int item = 0; item < songs.items(); item++) {
            for (int shift = -500; shift < 500; shift++) {
                Songbook.Excerpt excerpt = songs.excerpt(item, shift);
                assertThat(excerpt.offset()).isBetween(0L, durations.get(excerpt.song()) - 1000);
            }
        }
    }

    @Test
    void aSongShorterThanAnItemIsRefused() {
        assertThatThrownBy(() -> new Songbook(List.of(1000L, 999L), 1000))
                .hasMessage("song 1 has 999 samples but must have at least the 1000 of an item; filter the songs by"
                        + " duration first");
        assertThatThrownBy(() -> new Songbook(List.of(1000L), 0)).hasMessageContaining("must be at least 1");
    }

    @Test
    void anItemThatDoesNotExistIsRefused() {
        assertThatThrownBy(() -> new Songbook(List.of(1999L), 1000).excerpt(1))
                .hasMessage("item is 1 but must be from 0 to 0");
        assertThat(new Songbook(List.of(), 1000).items()).isZero();
    }

    @Test
    void anItemMustBeStrictlyShorterThanTheShortestSong() {
        assertThatThrownBy(() -> DurationFilter.of(100, 600, null, null))
                .hasMessage("minSeconds is 6.0 but must be more than the 6.0 s of an item; raise it");
        assertThatThrownBy(() -> DurationFilter.of(100, 600, 5.0, null)).hasMessageContaining("minSeconds is 5.0");
    }

    @Test
    void theVeryFirstStepLearnsNothing() {
        assertThat(LearningRateSchedule.standard().multiplier(0)).isZero();
    }

    @Test
    void theLossScaleStopsGrowing() {
        LossScale scale = LossScale.initial(1);
        for (int step = 0; step < 20; step++) {
            scale = scale.afterGoodStep();
        }
        assertThat(scale.value()).isEqualTo(1 << 24);
    }
}
