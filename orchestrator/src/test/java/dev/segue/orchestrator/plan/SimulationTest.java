package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Window;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole songs of many sizes, in all modes, cut and whole, with windows in random order. */
class SimulationTest {
    private static final int SONGS = 150;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void everySongEndsWithEveryCodeWrittenOnceAndNothingReadTooEarly(int segments) {
        for (int seed = 0; seed < SONGS; seed++) {
            SongPlan plan = anySong(new Random(seed), segments);
            Simulation song = new Simulation(plan, seed).run();
            for (LevelPlan level : plan.levels()) {
                assertThat(song.timesWritten(level.number()))
                        .as("level %s of song %s", level.number(), seed)
                        .hasSize(level.totalCodes())
                        .containsOnly(1);
                assertThat(song.canonical(level.number(), new CodeRange(0, level.totalCodes())))
                        .hasSize(level.totalCodes());
                assertThat(song.progress().codes(level.number()))
                        .isEqualTo(song.progress().codesDone(level.number()))
                        .isEqualTo(level.totalCodes());
                for (PlannedSeam seam : level.seams()) {
                    assertThat(song.progress().has(seam)).isTrue();
                    assertThat(song.tail(seam))
                            .first()
                            .isEqualTo((seam.at() <= level.promptCodes() - 1 ? "prompt" : seam.segment()) + ":"
                                    + seam.at());
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void segmentsAreAtLeastAWindowLongMeetAtTheSameInstantsAndReachLessThanOneSegmentFarther(int segments) {
        for (int seed = 0; seed < SONGS; seed++) {
            SongPlan plan = anySong(new Random(seed), segments);
            for (LevelPlan level : plan.levels()) {
                int hop = level.level().hop();
                for (SegmentPlan segment : level.segments()) {
                    int next = segment.number() + 1;
                    assertThat(segment.codes().start() * hop)
                            .isEqualTo(plan.finest()
                                            .segments()
                                            .get(segment.number())
                                            .codes()
                                            .start()
                                    * plan.finest().level().hop());
                    if (segment.codes().length() < level.totalCodes()) {
                        assertThat(segment.codes().length())
                                .isGreaterThanOrEqualTo(level.level().context());
                    }
                    if (next < level.segments().size()) {
                        assertThat(segment.codes().end())
                                .isEqualTo(level.segments().get(next).codes().start());
                        assertThat(segment.tail().end())
                                .isLessThanOrEqualTo(
                                        level.segments().get(next).codes().end());
                    }
                }
                assertThat(plan.top().segments()).hasSize(1);
            }
        }
    }

    @Test
    void theFirstWindowOfASegmentIsPrimedWithNothingAndItsWindowsWithTheirOwnCodes() {
        ModelCard card = Cards.small();
        SongPlan plan = Requests.plan(card, Requests.of(card, 2).setParallelSegments(3));
        assertThat(plan.level(0).segments()).hasSize(3).allSatisfy(segment -> {
            Window first = plan.level(0).windows().get(segment.firstWindow()).window();
            assertThat(first.context().isEmpty()).isTrue();
            assertThat(first.start()).isEqualTo(segment.codes().start());
        });
    }

    @Test
    void segmentsRunSideBySide() {
        ModelCard card = Cards.small();
        SongPlan plan = Requests.plan(
                card, Requests.madeFrom(card, 2, EarlierSongUse.UPSAMPLE).setParallelSegments(3), List.of(0, 0, 200));
        assertThat(Progress.start(plan).runnable())
                .extracting(PlannedWindow::level, PlannedWindow::segment)
                .containsExactly(tuple(1, 0), tuple(1, 1), tuple(1, 2));
    }

    @Test
    void levelsOverlap() {
        ModelCard card = Cards.published();
        Progress progress = Progress.start(Requests.plan(card, Requests.of(card, 30)));
        int topWindows = progress.plan().top().windows().size();
        while (progress.runnable().stream().noneMatch(window -> window.level() == 0)) {
            PlannedWindow next = progress.runnable().get(progress.runnable().size() - 1);
            progress = progress.accepted(next.level(), next.number());
        }
        assertThat(progress.windowsDone(2)).isLessThan(topWindows);
        assertThat(progress.windowsDone(1)).isEqualTo(1);
    }

    @Test
    void aPublishedSongOfTenMinutesIsMadeToItsEndInOneToManySegments() {
        ModelCard card = Cards.published();
        for (int segments : List.of(1, 8, 64)) {
            SongPlan plan = Requests.plan(card, Requests.of(card, 600).setParallelSegments(segments));
            Progress progress = Progress.start(plan);
            int steps = 0;
            while (!progress.isDone()) {
                for (PlannedWindow window : progress.runnable()) {
                    progress = progress.givenOut(window.level(), window.number())
                            .accepted(window.level(), window.number());
                    steps++;
                }
            }
            assertThat(plan.level(0).segments()).hasSize(segments);
            assertThat(steps)
                    .isEqualTo(plan.levels().stream()
                            .mapToInt(level -> level.windows().size())
                            .sum());
        }
    }

    /** Any song that the check lets pass, in any mode, of a model of any small sizes. */
    private static SongPlan anySong(Random random, int segments) {
        ModelCard card = Cards.small(
                List.of(8 << random.nextInt(3), 8 << random.nextInt(3), 8 << random.nextInt(3)),
                List.of(
                        List.of(0.25, 0.5, 1.0).get(random.nextInt(3)),
                        List.of(0.25, 0.5, 0.75).get(random.nextInt(3)),
                        List.of(0.125, 0.25, 1.0).get(random.nextInt(3))));
        int total = 17 + random.nextInt(150); // top-level codes of 10 ms
        int prompt = random.nextInt(total);
        List<Integer> codes = List.of(4 * prompt, random.nextBoolean() ? 2 * prompt : 0, prompt);
        double seconds = (total + 0.5) / 100;
        SongRequest.Builder request =
                switch (random.nextInt(4)) {
                    case 0 -> Requests.primed(card, seconds);
                    case 1 -> Requests.madeFrom(card, seconds, EarlierSongUse.CONTINUE);
                    case 2 -> {
                        codes = List.of(0, 7, total + 5);
                        yield Requests.madeFrom(card, seconds, EarlierSongUse.UPSAMPLE);
                    }
                    default -> {
                        codes = List.of(0, 0, 0);
                        yield Requests.of(card, seconds);
                    }
                };
        return Requests.plan(card, request.setFinestLevel(random.nextInt(3)).setParallelSegments(segments), codes);
    }
}
