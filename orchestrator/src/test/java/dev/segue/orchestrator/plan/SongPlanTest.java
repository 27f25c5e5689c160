package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.InvalidField;
import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.contracts.window.Window;
import dev.segue.contracts.window.WindowSchedule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SongPlanTest {
    private static final ModelCard PUBLISHED = Cards.published();
    /** First eight bytes of what {@code printf song-1 | sha256sum} prints. */
    private static final long SEED_OF_SONG_1 = -5400618522715865470L;

    @ParameterizedTest
    @ValueSource(doubles = {5.95, 17.9, 20, 23.77, 30, 60, 299.99, 600})
    void anAncestralSongHasTheWindowsOfTheOriginal(double seconds) {
        assertScheduled(Requests.plan(PUBLISHED, Requests.of(PUBLISHED, seconds)), List.of(0, 0, 0));
    }

    @Test
    void aLevelThatTheRequestSaysNothingOfIsDrawnAsTheModelsCardSays() {
        ModelCard card = PUBLISHED.at(List.of(0.7, 0.8, 0.9));
        LevelSampling asked =
                LevelSampling.newBuilder().setLevel(1).setTemperature(1.5).build();
        SongPlan plan = Requests.plan(card, Requests.of(card, 20).setSampling(List.of(asked)));
        assertThat(plan.sampling())
                .extracting(LevelSampling::getLevel, LevelSampling::getTemperature)
                .containsExactly(tuple(0, 0.7), tuple(1, 1.5), tuple(2, 0.9));
    }

    @Test
    void aPrimedSongHasTheWindowsOfTheOriginalBehindItsPrompt() {
        List<Integer> prompt = List.of(16 * 1700, 4 * 1700, 1700);
        assertScheduled(Requests.plan(PUBLISHED, Requests.primed(PUBLISHED, 30), prompt), prompt);
    }

    @Test
    void aContinuedSongHasTheWindowsOfTheOriginalBehindTheEarlierOne() {
        List<Integer> prompt = List.of(16 * 6890, 4 * 6890, 6890);
        assertScheduled(
                Requests.plan(PUBLISHED, Requests.madeFrom(PUBLISHED, 60, EarlierSongUse.CONTINUE), prompt), prompt);
    }

    @Test
    void anUpsampledSongKeepsItsTopLevelOnly() {
        List<Integer> prompt = List.of(16 * 6890, 4 * 6890, 6890);
        SongPlan plan = Requests.plan(PUBLISHED, Requests.madeFrom(PUBLISHED, 20, EarlierSongUse.UPSAMPLE), prompt);
        assertScheduled(plan, List.of(0, 0, 6890));
        assertThat(plan.top().windows()).isEmpty();
    }

    @Test
    void anUpsampledSongMayBeShorterThanTheOneItIsMadeFrom() {
        SongPlan plan = Requests.plan(
                PUBLISHED, Requests.madeFrom(PUBLISHED, 10, EarlierSongUse.UPSAMPLE), List.of(0, 0, 6890));
        assertThat(plan.top().promptCodes()).isEqualTo(plan.top().totalCodes()).isEqualTo(3445);
        assertThat(plan.top().windows()).isEmpty();
    }

    @Test
    void aSongShorterThanATopLevelWindowFillsItsLengthAndNoMore() {
        SongPlan plan = Requests.plan(PUBLISHED, Requests.of(PUBLISHED, 10));
        assertThat(plan.top().windows())
                .containsExactly(new PlannedWindow(
                        0,
                        0,
                        new Window(2, new CodeRange(0, 6144), new CodeRange(0, 0), new CodeRange(0, 3445), null)));
    }

    @Test
    void onlyLevelsFromTheFinestOneAreProduced() {
        SongPlan plan = Requests.plan(PUBLISHED, Requests.of(PUBLISHED, 20).setFinestLevel(1));
        assertThat(plan.levels()).extracting(LevelPlan::number).containsExactly(1, 2);
        assertThat(plan.modelLevels()).isEqualTo(3);
        assertThat(plan.finest().number()).isEqualTo(plan.finestLevel()).isEqualTo(1);
        assertThatThrownBy(() -> plan.level(0))
                .hasMessage("level 0 of song song-1 is asked for, but it has levels 1 to 2; ask for one of them");
    }

    @Test
    void aSongOfTenMinutesHasAsManyWindowsAsItsHopsSay() {
        SongPlan plan = Requests.plan(PUBLISHED, Requests.of(PUBLISHED, 600));
        assertThat(plan.sampleLength()).isEqualTo(26_459_904);
        assertThat(plan.levels()).extracting(level -> level.windows().size()).containsExactly(807, 201, 263);
    }

    @Test
    void withoutATotalLengthTheSongIsToldOfItsOwnOrTheLeastThatTheModelKnows() {
        assertThat(SongPlan.words(Requests.of(PUBLISHED, 20).build(), PUBLISHED).getTotalSamples())
                .isEqualTo(881_920);
        assertThat(SongPlan.words(Requests.of(PUBLISHED, 10).build(), PUBLISHED).getTotalSamples())
                .isEqualTo(786_744);
        assertThat(SongPlan.words(
                                Requests.of(PUBLISHED, 20).setOffsetSeconds(10).build(), PUBLISHED)
                        .getTotalSamples())
                .isEqualTo(441_000 + 881_920);
        assertThat(SongPlan.words(
                                Requests.of(PUBLISHED, 20)
                                        .setTotalDurationSeconds(180.0)
                                        .build(),
                                PUBLISHED)
                        .getTotalSamples())
                .isEqualTo(180 * 44_100);
    }

    @Test
    void genresAreJoinedBySpaces() {
        SongRequest request =
                Requests.of(PUBLISHED, 20).setGenres(List.of("pop", "hip hop")).build();
        assertThat(SongPlan.words(request, PUBLISHED).getGenre()).isEqualTo("pop hip hop");
        assertThat(SongPlan.words(Requests.of(PUBLISHED, 20).build(), PUBLISHED).getGenre())
                .isEmpty();
    }

    @Test
    void levelsThatAreNotListedAreSampledAsUsual() {
        LevelSampling asked = LevelSampling.newBuilder()
                .setLevel(1)
                .setTemperature(0.9)
                .setTopK(5)
                .build();
        SongPlan plan = Requests.plan(
                PUBLISHED, Requests.of(PUBLISHED, 20).setFinestLevel(1).setSampling(List.of(asked)));
        assertThat(plan.sampling(1)).isEqualTo(asked);
        assertThat(plan.sampling(2))
                .isEqualTo(LevelSampling.newBuilder()
                        .setLevel(2)
                        .setTemperature(0.99)
                        .build());
    }

    @Test
    void theSeedIsThatOfTheRequestOrFollowsFromTheSongId() {
        assertThat(Requests.plan(PUBLISHED, Requests.of(PUBLISHED, 20).setSeed(-7L))
                        .seed())
                .isEqualTo(-7);
        assertThat(Requests.plan(PUBLISHED, Requests.of(PUBLISHED, 20)).seed()).isEqualTo(SEED_OF_SONG_1);
    }

    @Test
    void thePlanIsTheSameEveryTime() {
        SongRequest.Builder request = Requests.of(PUBLISHED, 60).setParallelSegments(5);
        assertThat(Requests.plan(PUBLISHED, request)).isEqualTo(Requests.plan(PUBLISHED, request));
    }

    @Test
    void aSongThatIsAllPromptHasNothingToDo() {
        SongPlan plan = Requests.plan(
                PUBLISHED,
                Requests.madeFrom(PUBLISHED, 20, EarlierSongUse.CONTINUE),
                List.of(16 * 6890, 4 * 6890, 6890));
        assertThat(plan.levels())
                .allSatisfy(level -> assertThat(level.windows()).isEmpty());
        assertThat(Progress.start(plan).isDone()).isTrue();
    }

    @Test
    void aPromptLongerThanTheSongIsRefused() {
        assertThatThrownBy(() ->
                        Requests.plan(PUBLISHED, Requests.primed(PUBLISHED, 20), List.of(16 * 6891, 4 * 6891, 6891)))
                .isInstanceOf(RejectedException.class)
                .hasMessage("audioPrompt is a sound of 20.001 s, but the song has 19.998 s; set audioPrompt.seconds or"
                        + " raise durationSeconds.")
                .extracting(e -> ((RejectedException) e).rejection())
                .isInstanceOf(InvalidField.PromptTooLong.class);
        assertThatThrownBy(() -> Requests.plan(
                        PUBLISHED,
                        Requests.madeFrom(PUBLISHED, 20, EarlierSongUse.CONTINUE),
                        List.of(16 * 6891, 4 * 6891, 6891)))
                .hasMessageStartingWith("earlierSong is a sound of 20.001 s, but the song has 19.998 s");
    }

    @Test
    void aTopLevelTooShortToBeUpsampledIsRefused() {
        assertThatThrownBy(() -> Requests.plan(
                        PUBLISHED, Requests.madeFrom(PUBLISHED, 20, EarlierSongUse.UPSAMPLE), List.of(0, 0, 3445)))
                .isInstanceOf(RejectedException.class)
                .hasMessage("earlierSong is a song of 9.999 s, but upsampling takes a top level of all 19.998 s; lower"
                        + " durationSeconds to that.");
    }

    @Test
    void aSongTooShortToBeUpsampledIsRefused() {
        assertThatThrownBy(() -> Requests.plan(PUBLISHED, Requests.of(PUBLISHED, 5)))
                .isInstanceOf(RejectedException.class);
    }

    @Test
    void promptCodesOfAnotherNumberOfLevelsAreRefused() {
        assertThatThrownBy(() -> Requests.plan(PUBLISHED, Requests.of(PUBLISHED, 20), List.of(0, 0)))
                .hasMessage("promptCodes is [0, 0] but model 1b-lyrics has 3 levels; give one number for each");
    }

    /** One segment, and in it exactly what the original would do. */
    private static void assertScheduled(SongPlan plan, List<Integer> existing) {
        for (Level level : PUBLISHED.schedule()) {
            LevelPlan planned = plan.level(level.number());
            assertThat(planned.windows())
                    .extracting(PlannedWindow::window)
                    .isEqualTo(WindowSchedule.windows(
                                    level,
                                    level.codes(plan.sampleLength()),
                                    existing.get(level.number()),
                                    PartialWindow.FILL_TO_TOTAL)
                            .stream()
                            .filter(window -> !window.isDone())
                            .toList());
            assertThat(planned.windows())
                    .extracting(PlannedWindow::number)
                    .isEqualTo(
                            IntStream.range(0, planned.windows().size()).boxed().toList());
            assertThat(planned.segments()).hasSize(1);
            assertThat(planned.seams()).isEmpty();
            assertThat(planned.promptCodes()).isEqualTo(existing.get(level.number()));
        }
    }
}
