package dev.segue.worker.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.worker.evaluation.Confusion;
import dev.segue.worker.figures.LevelLikelihood.Wrong;
import dev.segue.worker.figures.WrongLabels.Kind;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.sampling.SongCodes;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GoalsTest {
    private static final Set<Part> ALL = EnumSet.complementOf(EnumSet.of(Part.ALIGNMENT_HEADS));

    private static Confusion named(int right, int wrong) {
        Confusion.Counter counter = new Confusion.Counter();
        for (int i = 0; i < right; i++) {
            counter.add(i % 2 == 0 ? "a" : "b", i % 2 == 0 ? "a" : "b");
        }
        for (int i = 0; i < wrong; i++) {
            counter.add("b", "a");
        }
        return counter.confusion();
    }

    private static Figures figures(double bottom, double genreLikelier, int named, double seconds) {
        LevelLikelihood top = new LevelLikelihood(
                2,
                20,
                1000,
                8,
                8.1,
                6,
                0.25,
                List.of(
                        new Wrong(Kind.GENRE, 20, 6.2, 6, genreLikelier),
                        new Wrong(Kind.ARTIST, 20, 6.2, 6, 0.9),
                        new Wrong(Kind.LYRICS_OF_ANOTHER_SONG, 20, 6.2, 6, 0.8)));
        SoundMeasures corpus = new SoundMeasures(1, 4, 1000);
        corpus.add(SongCodes.of(List.of(new int[] {0, 1, 2, 3})), new float[] {0.5f, -0.5f});
        return new Figures(
                List.of(
                        new Reconstruction.Level(0, bottom, -15, 20),
                        new Reconstruction.Level(1, -11, -11, 20),
                        new Reconstruction.Level(2, -10, -10, 20)),
                List.of(top),
                List.of(new Control.Stage(Control.Source.GENERATED, 0, named(named, 15), named(75, 25))),
                new LyricAlignment.Result(20, 500, 1, seconds, 1, 3),
                new Vowels.Result(named(10, 0), named(10, 0), named(10, 0), 0.5),
                null,
                Collapse.of(corpus, corpus, corpus, 1),
                List.of(),
                20,
                100,
                Map.of());
    }

    private static Goal goal(List<Goal> goals, String figure) {
        return goals.stream()
                .filter(goal -> goal.figure().startsWith(figure))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatReachesItsGoalExactlyMeetsIt() {
        List<Goal> goals = Goals.of(figures(-15, 0.95, 85, 0.49), ALL);
        assertThat(goals)
                .hasSize(13)
                .allSatisfy(goal -> assertThat(goal.met()).as(goal.figure()).isTrue());
        assertThat(goal(goals, "falls from").value()).isCloseTo(1, within(1e-9));
        assertThat(goal(goals, "largest change").value()).isZero();
    }

    @Test
    void whatFallsShortMissesIt() {
        List<Goal> goals = Goals.of(figures(-10.5, 0.94, 84, 0.5), ALL);
        assertThat(goals.stream().filter(goal -> !goal.met()).map(Goal::figure))
                .containsExactly(
                        "spectral convergence of level 0, mean",
                        "falls from each level to the next finer one by",
                        "right genre likelier than another",
                        "genre of generated songs named as asked for",
                        "alignment's median error on songs of the split");
    }

    @Test
    void whatCouldNotBeMeasuredIsNotMetAndSaysWhy() {
        Figures none = new Figures(
                null, null, null, null, null, null, null, List.of(), 1, 0, Map.of(Part.CONTROL, "it hears no labels"));
        List<Goal> goals = Goals.of(none, Set.of(Part.CONTROL));
        assertThat(goals).hasSize(2).allSatisfy(goal -> {
            assertThat(goal.met()).isFalse();
            assertThat(goal.value()).isNull();
            assertThat(goal.absent()).isEqualTo("it hears no labels");
        });
    }

    @Test
    void plansThatCannotBeAreRefused() {
        assertThatThrownBy(() -> new EvaluationPlan(ALL, Split.TRAIN, 1, 2, 1, 1, 1, 1, 1))
                .hasMessageContaining("split is train but must be test or validation");
        assertThatThrownBy(() -> new EvaluationPlan(ALL, Split.TEST, 0, 2, 1, 1, 1, 1, 1))
                .hasMessageContaining("songs-per-label is 0 but must be at least 1");
        assertThatThrownBy(() -> new EvaluationPlan(ALL, Split.TEST, 1, Double.NaN, 1, 1, 1, 1, 1))
                .hasMessageContaining("seconds is NaN");
        assertThatThrownBy(() -> new EvaluationPlan(Set.of(), Split.TEST, 1, 2, 1, 1, 1, 1, 1))
                .hasMessageContaining("only has no part");
    }
}
