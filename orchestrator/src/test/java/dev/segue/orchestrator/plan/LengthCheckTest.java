package dev.segue.orchestrator.plan;

import static dev.segue.orchestrator.plan.Verdicts.CARD;
import static dev.segue.orchestrator.plan.Verdicts.assertFine;
import static dev.segue.orchestrator.plan.Verdicts.assertRefused;
import static dev.segue.orchestrator.plan.Verdicts.check;
import static dev.segue.orchestrator.plan.Verdicts.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.WindowSchedule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long a song may be and where it may lie, with the very sentence that its producer reads. */
class LengthCheckTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "-0.0, 0",
        "NaN, NaN",
        "-Infinity, -Infinity",
        "Infinity, Infinity",
        "600.001, 600.001",
        "1e300, 1.0E300"
    })
    void aDurationThatIsNoneOrAboveTheInstallationsMaximumIsRefused(double seconds, String shown) {
        assertRefused(
                request().setDurationSeconds(seconds).setParallelSegments(2),
                "durationSeconds is " + shown + ", but must be more than 0 and at most 600 s; choose a number in that"
                        + " range.");
    }

    @Test
    void anInstallationMayAllowLessThanTheModel() {
        assertThat(check(request(), CARD, new Limits(10, 100, 100, 10, 10)))
                .containsExactly(
                        "durationSeconds is 20, but must be more than 0 and at most 10 s; choose a number in that"
                                + " range.");
    }

    @Test
    void aDurationAboveTheModelsMaximumIsRefused() {
        ModelCard small = Cards.small();
        assertThat(check(Requests.of(small, 61), small, Limits.DEFAULT))
                .containsExactly(
                        "durationSeconds is 61, but the model knows songs of at most 60 s only; choose a number in"
                                + " that range.");
    }

    @Test
    void aDurationOfExactlyTheModelsMaximumIsRefusedWhereCodesFillIt() {
        ModelCard small = Cards.small();
        assertThat(check(Requests.of(small, 60), small, Limits.DEFAULT))
                .containsExactly(
                        "durationSeconds is 60, but with its offset the song ends at 60.000 s and the model knows"
                                + " songs of at least 0.1 s and less than 60 s only; ask for a shorter song or lower"
                                + " offsetSeconds.");
    }

    @Test
    void aDurationBelowOneUpsamplingWindowIsRefusedWithTheLeastThatIsEnough() {
        assertRefused(
                Requests.of(CARD, 5.9),
                "durationSeconds is 5.9, but the upsampler of level 1 needs at least 5.945 s; ask for a longer song or for"
                        + " the top level only (finestLevel 2).");
        assertThat(passesSchedule(5.944)).isFalse();
        assertThat(passesSchedule(5.945)).isTrue();
        assertFine(Requests.of(CARD, 5.9).setFinestLevel(2));
    }

    private static boolean passesSchedule(double seconds) {
        List<Level> levels = CARD.schedule();
        return WindowSchedule.check(levels, WindowSchedule.sampleLength(seconds, 44_100, 128))
                .isEmpty();
    }

    @Test
    void aDurationOfLessThanOneCodeIsRefused() {
        assertRefused(
                Requests.of(CARD, 0.002).setFinestLevel(2),
                "durationSeconds is 0.002, but one code of the top level lasts 0.002902 s; ask for at least that.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 601})
    void aTotalDurationThatIsNoneOrThatTheModelDoesNotKnowIsRefused(double seconds) {
        assertThat(check(request().setTotalDurationSeconds(seconds), CARD, Limits.DEFAULT))
                .singleElement()
                .asString()
                .startsWith("totalDurationSeconds is ")
                .endsWith(", but must be more than 0 and at most 600 s; choose a number in that range.");
    }

    @Test
    void aTotalDurationThatTheModelWasNotTrainedToBeToldOfIsRefused() {
        assertRefused(
                request().setTotalDurationSeconds(17.83),
                "totalDurationSeconds is 17.83, but the model knows songs of at least 17.84 s and less than 600 s only;"
                        + " choose a length in that range.");
        assertRefused(
                request().setTotalDurationSeconds(600.0),
                "totalDurationSeconds is 600, but the model knows songs of at least 17.84 s and less than 600 s only;"
                        + " choose a length in that range.");
    }

    @ParameterizedTest
    @CsvSource({"-0.5, -0.5", "NaN, NaN", "Infinity, Infinity", "601, 601"})
    void anOffsetThatIsNoneIsRefused(double seconds, String shown) {
        assertRefused(
                request().setOffsetSeconds(seconds),
                "offsetSeconds is " + shown + ", but must be from 0 to 600 s; choose a number in that range.");
    }

    @Test
    void anOffsetBehindTheWholeSongIsRefused() {
        String sentence = "offsetSeconds is 60, but must be less than the 60.000 s of the whole song; lower it or raise"
                + " totalDurationSeconds.";
        assertRefused(request().setTotalDurationSeconds(60.0).setOffsetSeconds(60), sentence);
    }

    @Test
    void anOffsetBehindTheWholeSongIsRefusedWhereNoLevelHearsOfTimeToo() {
        ModelCard single = Cards.single();
        assertThat(check(
                        Requests.of(single, 1).setTotalDurationSeconds(60.0).setOffsetSeconds(60),
                        single,
                        Limits.DEFAULT))
                .containsExactly(
                        "offsetSeconds is 60, but must be less than the 60.000 s of the whole song; lower it or"
                                + " raise totalDurationSeconds.");
    }

    @Test
    void aSongThatGoesOnBehindTheWholeSongIsRefused() {
        assertRefused(
                Requests.of(CARD, 60).setTotalDurationSeconds(40.0).setOffsetSeconds(10),
                "durationSeconds is 60, but its last window begins at 52.165 s of a song that ends at 40.000 s; ask for a"
                        + " shorter song, lower offsetSeconds or raise totalDurationSeconds.");
    }

    @Test
    void aSongWhoseLastWindowEndsWhereTheModelKnowsNoPlaceIsRefused() {
        assertRefused(
                Requests.of(CARD, 10).setTotalDurationSeconds(599.0).setOffsetSeconds(585),
                "durationSeconds is 10, but its last window ends at 602.833 s and the model knows places up to 600 s only;"
                        + " ask for a shorter song or lower offsetSeconds.");
    }

    @Test
    void aSongThatEndsLaterThanTheModelKnowsIsRefused() {
        assertRefused(
                request().setOffsetSeconds(590),
                "durationSeconds is 20, but with its offset the song ends at 609.998 s and the model knows songs of at"
                        + " least 17.84 s and less than 600 s only; ask for a shorter song or lower offsetSeconds.");
    }
}
