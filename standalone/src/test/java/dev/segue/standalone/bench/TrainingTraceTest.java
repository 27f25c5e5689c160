package dev.segue.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainingTraceTest {
    private static final TrainingTrace OURS = new TrainingTrace(List.of(4.0, 2.0), List.of(1.0, 3.0), 0.5);

    @Test
    void whatDiffersByRoundingIsTheSame() throws IOException {
        TrainingTrace peer = new TrainingTrace(List.of(4.0002, 2.0), List.of(1.0005, 3.0), 0.503);
        assertThat(OURS.requireSame(peer)).isCloseTo(5e-5, within(1e-9));
    }

    @Test
    void anotherLossAnotherGradientAndAnotherStepAreToldApart() {
        assertThatThrownBy(() -> OURS.requireSame(new TrainingTrace(List.of(4.0, 2.001), OURS.gradientNorms(), 0.5)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("its loss is 2.001 at compared step 1 and ours is 2.0");
        assertThatThrownBy(() -> OURS.requireSame(new TrainingTrace(OURS.losses(), List.of(1.1, 3.0), 0.5)))
                .hasMessageContaining("its gradient norm is 1.1 at compared step 0 and ours is 1.0");
        assertThatThrownBy(() -> OURS.requireSame(new TrainingTrace(OURS.losses(), OURS.gradientNorms(), 0.6)))
                .hasMessageContaining("its way from the moving average is 0.6");
    }

    @Test
    void whatIsNoNumberOrMissingIsNotTheSame() {
        assertThatThrownBy(() -> OURS.requireSame(
                        new TrainingTrace(List.of(4.0, Double.NaN), OURS.gradientNorms(), OURS.moved())))
                .hasMessageContaining("its loss is NaN");
        assertThatThrownBy(() -> OURS.requireSame(new TrainingTrace(List.of(4.0), OURS.gradientNorms(), OURS.moved())))
                .hasMessageContaining("a loss for 1 steps but must for 2");
    }
}
