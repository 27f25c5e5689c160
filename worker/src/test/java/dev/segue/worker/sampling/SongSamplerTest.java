package dev.segue.worker.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.PartialWindow;
import dev.segue.worker.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SongSamplerTest {
    private static final int HOP = 8;
    private static final int CODES = 2 * TinyPriors.CONTEXT + 30;
    private static final Level LEVEL = new Level(0, HOP, TinyPriors.CONTEXT, TinyPriors.CONTEXT / 2, 0);

    @TempDir
    Path folder;

    @Test
    void progressHearsOfEveryCodeInOrderAndAtLeastEverySixtyFour() throws IOException {
        try (SlotEngine engine = TinyPriors.engine(TinyPriors.weights(folder), 2)) {
            int[] heard = new int[CODES];
            int[] count = {0};
            int[] codes = sample(engine, List.of(song(1)), (song, written) -> {
                        assertThat(song).isZero();
                        assertThat(written.codes()).hasSizeLessThanOrEqualTo(64);
                        System.arraycopy(written.codes(), 0, heard, count[0], written.codes().length);
                        count[0] += written.codes().length;
                        return true;
                    })
                    .get(0)
                    .level(0);
            assertThat(codes).hasSize(CODES).isEqualTo(heard);
        }
    }

    @Test
    void aStoppedSongKeepsWhatItHasAndTheOthersGoOn() throws IOException {
        SafetensorsFile weights = TinyPriors.weights(folder);
        int[] alone;
        int[] stoppedAlone;
        try (SlotEngine engine = TinyPriors.engine(weights, 1)) {
            alone = sample(engine, List.of(song(1)), (song, written) -> true)
                    .get(0)
                    .level(0);
            stoppedAlone = sample(engine, List.of(song(2)), (song, written) -> true)
                    .get(0)
                    .level(0);
        }
        try (SlotEngine engine = TinyPriors.engine(weights, 2)) {
            List<SongCodes> songs = sample(engine, List.of(song(1), song(2), song(3)), (song, written) -> song != 1);
            assertThat(songs.get(0).level(0)).isEqualTo(alone);
            assertThat(songs.get(1).length(0)).isBetween(1, 64);
            assertThat(songs.get(1).level(0))
                    .isEqualTo(Arrays.copyOf(stoppedAlone, songs.get(1).length(0)));
            assertThat(songs.get(2).length(0)).isEqualTo(CODES);
            assertThat(engine.freeSlots()).isEqualTo(2);
        }
    }

    @Test
    void aStoppedSongGoesOnFromItsCodesAsIfItHadNotStopped() throws IOException {
        try (SlotEngine engine = TinyPriors.engine(TinyPriors.weights(folder), 1)) {
            int[] whole = sample(engine, List.of(song(4)), (song, written) -> true)
                    .get(0)
                    .level(0);
            SongCodes stopped =
                    sample(engine, List.of(song(4)), (song, written) -> false).get(0);
            SongSampler.Song again = new SongSampler.Song(null, 4, stopped);
            assertThat(sample(engine, List.of(again), (song, written) -> true)
                            .get(0)
                            .level(0))
                    .isEqualTo(whole);
        }
    }

    @Test
    void damagedWeightsAreSaid() throws IOException {
        try (SlotEngine engine = TinyPriors.engine(TinyPriors.damagedAt(20, folder), 1)) {
            assertThatThrownBy(() -> sample(engine, List.of(song(1)), (song, written) -> true))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no numbers");
        }
    }

    private static SongSampler.Song song(long seed) {
        return new SongSampler.Song(null, seed, SongCodes.none(1));
    }

    private static List<SongCodes> sample(
            SlotEngine engine, List<SongSampler.Song> songs, SongSampler.Progress progress) {
        LevelSampler level = new LevelSampler(LEVEL, engine, null, Sampling.DEFAULT);
        return new SongSampler(List.of(level), PartialWindow.APPEND_TOTAL)
                .sample(songs, (long) CODES * HOP, List.of(0), progress);
    }
}
