package dev.segue.worker.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {
    @Test
    void everyRoundHasEachItemAtMostOnceAndDropsAnIncompleteBatch() {
        Order order = new Order("items", 10, 3, 1);
        for (int round = 0; round < 4; round++) {
            assertThat(round(order, round)).hasSize(9).doesNotHaveDuplicates().allMatch(item -> item >= 0 && item < 10);
        }
        assertThat(round(order, 0)).isNotEqualTo(round(order, 1));
    }

    @Test
    void aStepHasTheSameItemsAndNumbersWhateverWasAskedBefore() {
        Order one = new Order("items", 10, 3, 1);
        Order other = new Order("items", 10, 3, 1);
        round(one, 0);
        assertThat(one.at(7)).isEqualTo(other.at(7));
        assertThat(one.random(7).nextLong()).isEqualTo(other.random(7).nextLong());
    }

    @Test
    void numbersOfNeighbouringStepsAreNotTheSameOnePlaceFurtherOn() {
        Order order = new Order("items", 10, 3, 1);
        List<Long> one = order.random(7).longs(20).boxed().toList();
        List<Long> next = order.random(8).longs(20).boxed().toList();
        assertThat(one).doesNotContainAnyElementsOf(next);
        assertThat(new Order("items", 10, 3, 2).random(7).nextLong()).isNotEqualTo(one.get(0));
    }

    @Test
    void fewerItemsThanABatchTakesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Order("windows of 256 codes", 2, 3, 1))
                .withMessageContaining("2 windows of 256 codes")
                .withMessageContaining("a batch takes 3")
                .withMessageContaining("schedule.batch");
    }

    private static List<Integer> round(Order order, int round) {
        List<Integer> items = new ArrayList<>();
        for (int step = 0; step < 3; step++) {
            Arrays.stream(order.at(3L * round + step)).forEach(items::add);
        }
        return items;
    }
}
