package dev.segue.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfusionTest {
    @Test
    void whatWasTakenForWhatIsCountedForEveryPair() {
        Confusion.Counter counter = new Confusion.Counter();
        counter.add("waltz", "waltz");
        counter.add("waltz", "waltz");
        counter.add("waltz", "stomp");
        counter.add("drift", "stomp");

        Confusion confusion = counter.confusion();

        assertThat(confusion.counts())
                .containsExactly(
                        Map.entry("drift", Map.of("drift", 0, "stomp", 1, "waltz", 0)),
                        Map.entry("stomp", Map.of("drift", 0, "stomp", 0, "waltz", 0)),
                        Map.entry("waltz", Map.of("drift", 0, "stomp", 1, "waltz", 2)));
        assertThat(confusion.accuracy()).isEqualTo(new Accuracy(0.5, 0.75, 4));
        assertThat(confusion.right("waltz")).isEqualTo(2 / 3.0);
        assertThat(confusion.right("stomp")).isZero();
        assertThat(confusion.count("waltz")).isEqualTo(3);
    }

    @Test
    void ofNothingNothingIsRight() {
        assertThat(new Confusion.Counter().confusion().accuracy()).isEqualTo(new Accuracy(0, 0, 0));
    }
}
