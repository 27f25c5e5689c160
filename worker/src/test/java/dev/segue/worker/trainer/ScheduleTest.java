package dev.segue.worker.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.worker.training.Optimiser;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final Schedule SCHEDULE = new Schedule(
            List.of(new Schedule.Round(10, 0.004, 2, 6), new Schedule.Round(4, 0.001, 1, 2)),
            2,
            1,
            0,
            0.99,
            1,
            0.9,
            2,
            4,
            2,
            4);

    private static double rate(long step) {
        Optimiser.Settings settings = SCHEDULE.optimiser();
        return settings.learningRate() * settings.schedule().multiplier(step);
    }

    @Test
    void eachRoundWarmsUpAndFallsToZeroWhereTheNextBegins() {
        assertThat(SCHEDULE.steps()).isEqualTo(14);
        assertThat(rate(0)).isZero();
        assertThat(rate(1)).isCloseTo(0.002, within(1e-12));
        assertThat(rate(2)).isCloseTo(0.004, within(1e-12));
        assertThat(rate(6)).isCloseTo(0.004, within(1e-12));
        assertThat(rate(9)).isCloseTo(0.001, within(1e-12));
        assertThat(rate(10)).as("the next warms up from zero").isZero();
        assertThat(rate(11)).isCloseTo(0.001, within(1e-12));
        assertThat(rate(13)).isCloseTo(0.0005, within(1e-12));
        assertThat(rate(14)).isZero();
    }

    @Test
    void aScheduleHasARound() {
        assertThatThrownBy(() -> new Schedule(List.of(), 2, 1, 0, 0.99, 1, 0.9, 2, 4, 2, 4))
                .isInstanceOf(RecipeException.class)
                .hasMessageContaining("rounds");
    }
}
