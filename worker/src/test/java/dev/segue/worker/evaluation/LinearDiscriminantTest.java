package dev.segue.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.worker.evaluation.LinearDiscriminant.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LinearDiscriminantTest {
    private static List<Example> clouds(long seed, double apart) {
        List<Example> examples = new ArrayList<>();
        Random draws = new Random(seed);
        for (int i = 0; i < 300; i++) {
            double common = 5 * draws.nextGaussian();
            // Both values vary together far more than the classes differ: only their difference tells.
            double side = i % 3 * apart;
            examples.add(new Example(
                    new double[] {common + side + draws.nextGaussian(), common - side + draws.nextGaussian(), 7},
                    "class " + i % 3));
        }
        return examples;
    }

    @Test
    void classesThatOnlyTheirCovarianceTellsApartAreNamed() {
        LinearDiscriminant fitted = LinearDiscriminant.fit(clouds(1, 3), 0.01);
        Accuracy accuracy = fitted.accuracy(clouds(2, 3));
        assertThat(fitted.labels()).containsExactly("class 0", "class 1", "class 2");
        assertThat(accuracy.right()).isGreaterThan(0.95);
        assertThat(accuracy.chance()).isBetween(0.33, 0.34);
        assertThat(accuracy.examples()).isEqualTo(300);
    }

    @Test
    void classesThatDoNotDifferAreNamedByChance() {
        assertThat(LinearDiscriminant.fit(clouds(1, 0), 0.1)
                        .accuracy(clouds(2, 0))
                        .right())
                .isBetween(0.2, 0.47);
    }

    @Test
    void oneClassIsNoChoice() {
        assertThatThrownBy(() -> LinearDiscriminant.fit(List.of(new Example(new double[] {1}, "only")), 0.1))
                .hasMessage("examples have the classes [only] but at least 2 can be told apart; give more");
    }

    @Test
    void shrinkageIsAPart() {
        assertThatThrownBy(() -> LinearDiscriminant.fit(clouds(1, 1), 0))
                .hasMessage("shrinkage is 0.0 but must be above 0 and at most 1; try 0.1");
    }
}
