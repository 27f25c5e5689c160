package dev.segue.worker.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class BatchItemsTest {

    @Test
    void tooFewItemsAreDoubledAndCut() {
        assertThat(BatchItems.fill(List.of("a", "b"), 5)).containsExactly("a", "b", "a", "b", "a");
        assertThat(BatchItems.fill(List.of("a", "b"), 1)).containsExactly("a");
        assertThat(BatchItems.fill(List.of(), 0)).isEmpty();
    }

    @Test
    void nothingCannotFillABatch() {
        assertThatThrownBy(() -> BatchItems.fill(List.of(), 2)).hasMessageContaining("give at least one");
    }
}
