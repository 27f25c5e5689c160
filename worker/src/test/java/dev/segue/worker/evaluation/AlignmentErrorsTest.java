package dev.segue.worker.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.worker.manifest.CharacterTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlignmentErrorsTest {
    private static CharacterTime at(double start) {
        return new CharacterTime(start, start + 0.1);
    }

    @Test
    void errorsAreDistancesOfBeginningsOfCharactersThatAreSung() {
        AlignmentErrors errors = new AlignmentErrors();
        errors.add(List.of(at(1.1), at(5), at(2.7), at(3.5)), List.of(at(1), CharacterTime.NONE, at(3), at(4)), 10);

        assertThat(errors.characters()).isEqualTo(3);
        assertThat(errors.median()).isCloseTo(0.3, within(1e-9));
        assertThat(errors.foundShare()).isEqualTo(1);
    }

    @Test
    void aCharacterThatWasNotFoundLiesBetweenItsNeighbours() {
        AlignmentErrors errors = new AlignmentErrors();
        CharacterTime none = CharacterTime.NONE;
        errors.add(
                List.of(none, at(2), none, none, at(5), none), List.of(at(1), at(2), at(3), at(4), at(5), at(7.5)), 10);

        assertThat(errors.percentile(100)).isZero();
        assertThat(errors.foundShare()).isEqualTo(2 / 6.0);
    }

    @Test
    void aStraightLineGoesFromTheBeginningToTheEnd() {
        AlignmentErrors errors = new AlignmentErrors();
        errors.add(AlignmentErrors.straightLine(4, 8), List.of(at(0), at(2), at(4), at(6)), 8);
        assertThat(errors.percentile(100)).isZero();
    }

    @Test
    void timesOfOtherLyricsAreRefused() {
        assertThatThrownBy(() -> new AlignmentErrors().add(List.of(at(1)), List.of(), 10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("times were found for 1 characters, but the lyrics have 0");
    }
}
