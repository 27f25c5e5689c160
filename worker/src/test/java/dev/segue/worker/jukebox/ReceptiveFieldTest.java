package dev.segue.worker.jukebox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ReceptiveField;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceptiveFieldTest {

    @Test
    void releasedDecodersSeeAboutASecondAtLevelZeroAndFarLessAbove() {
        assertThat(IntStream.range(0, 3).map(level -> new ReceptiveField(RandomVqVae.RELEASED, level).decoderMargin()))
                .containsExactly(5742, 80, 82);
    }

    @Test
    void releasedEncodersSeeAboutASecondAtLevelZeroAndFarLessAbove() {
        assertThat(IntStream.range(0, 3).map(level -> new ReceptiveField(RandomVqVae.RELEASED, level).encoderMargin()))
                .containsExactly(5742, 80, 82);
    }

    @Test
    void tilesOfTheReleasedLevelsAreAtLeastTwiceTheirMargins() {
        assertThat(IntStream.range(0, 3).map(level -> new ReceptiveField(RandomVqVae.RELEASED, level)
                        .decoderTiles()
                        .length()))
                .containsExactly(16384, 2048, 512);
    }
}
