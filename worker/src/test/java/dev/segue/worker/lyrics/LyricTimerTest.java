package dev.segue.worker.lyrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.worker.jukebox.alignment.Alignment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LyricTimerTest {
    private static final int CHARACTERS = 300;
    /** Codes of one frame, by which any time may be off. */
    private static final int FRAME = 14;

    @Test
    void aCleanDiagonalIsTimedToAFrame() {
        Singing song = new Singing(CHARACTERS, 1).sing(0, CHARACTERS, 30);

        assertTimed(time(song), song, 0, CHARACTERS, 0.9, FRAME);
    }

    @Test
    void noiseAndDistractionsMoveNothingFar() {
        Singing song =
                new Singing(CHARACTERS, 2).sing(0, CHARACTERS, 30).noise(0.5).distractions(20);

        assertTimed(time(song), song, 0, CHARACTERS, 0.85, 3 * FRAME);
    }

    @Test
    void aChorusIsTimedWhereItIsSungThoughAnotherIsAlike() {
        Singing song = new Singing(CHARACTERS, 3)
                .sing(0, CHARACTERS, 30)
                .alike(60, 200, 60)
                .noise(0.2);

        assertTimed(time(song), song, 0, CHARACTERS, 0.85, 3 * FRAME);
    }

    @Test
    void whatIsPlayedBetweenVersesBelongsToNoCharacter() {
        Singing song = new Singing(CHARACTERS, 4)
                .play(2_000)
                .sing(0, 150, 30)
                .play(6_000)
                .sing(150, CHARACTERS, 30)
                .play(3_000);

        LyricTiming timing = time(song);

        assertTimed(timing, song, 0, CHARACTERS, 0.85, 3 * FRAME);
        for (int i = 0; i < CHARACTERS; i++) {
            if (timing.sung(i)) {
                assertThat(timing.last(i) - timing.first(i)).isLessThan(150);
            }
        }
    }

    @Test
    void aSongThatEndsBeforeItsLyricsSingsOnlyItsBeginning() {
        Singing song = new Singing(CHARACTERS, 5)
                .sing(0, 120, 30)
                .play(2_000)
                .noise(0.3)
                .distractions(5);

        LyricTiming timing = time(song);

        assertTimed(timing, song, 0, 120, 0.85, 3 * FRAME);
        assertThat(sung(timing, 124, CHARACTERS)).isZero();
    }

    @Test
    void aVerseThatIsLeftOutIsNotSungAndTheNextOneIs() {
        Singing song = new Singing(CHARACTERS, 6).sing(0, 100, 30).sing(200, CHARACTERS, 30);

        LyricTiming timing = time(song);

        assertTimed(timing, song, 0, 100, 0.9, 3 * FRAME);
        assertTimed(timing, song, 200, CHARACTERS, 0.9, 3 * FRAME);
        assertThat(sung(timing, 104, 196)).isZero();
    }

    @Test
    void attentionToNothingInParticularSingsNothing() {
        assertThat(sung(time(new Singing(CHARACTERS, 7).play(5_000)), 0, CHARACTERS))
                .isZero();
        assertThat(sung(timer().time(Alignment.of(new float[100][20], 20)), 0, 20))
                .isZero();
        assertThat(timer().time(Alignment.of(new float[100][0], 0)).characters())
                .isZero();
        assertThat(timer().time(Alignment.of(new float[0][0], 5)).characters()).isEqualTo(5);
    }

    @Test
    void aTimingIsAlwaysInOrderWhateverTheAttention() {
        Random random = new Random(8);
        for (int i = 0; i < 50; i++) {
            int codes = 1 + random.nextInt(400);
            int characters = 1 + random.nextInt(40);
            float[][] weights = new float[codes][characters];
            for (float[] row : weights) {
                for (int c = 0; c < characters; c++) {
                    row[c] = random.nextInt(4) == 0 ? (float) Math.pow(random.nextDouble(), 4) : 0;
                }
            }
            LyricTiming timing =
                    new LyricTimer(0.01 + 0.1 * random.nextDouble()).time(Alignment.of(weights, characters));

            assertThat(timing.codes()).isEqualTo(codes);
            assertThat(LyricTiming.of(codes, timing.first(), timing.last()).characters())
                    .isEqualTo(characters);
        }
    }

    @Test
    void timingThatContradictsItselfIsRefused() {
        int[] none = {-1, -1};
        assertThat(LyricTiming.silent(5, 2).first()).containsExactly(none);
        assertThatThrownBy(() -> LyricTiming.of(5, new int[] {3, 2}, new int[] {3, 2}))
                .hasMessageContaining(
                        "character 1 is sung by the codes 2 to 2, but they must lie in order from 3 to 4");
        assertThatThrownBy(() -> LyricTiming.of(5, new int[] {3}, new int[] {5}))
                .hasMessageContaining("from 0 to 4");
        assertThatThrownBy(() -> LyricTiming.of(5, new int[] {3}, new int[] {-1}))
                .hasMessageContaining("character 0");
        assertThatThrownBy(() -> LyricTiming.of(5, none, new int[1])).hasMessageContaining("give both");
    }

    private static LyricTimer timer() {
        return new LyricTimer(Singing.SECONDS_PER_CODE);
    }

    private static LyricTiming time(Singing song) {
        return timer().time(song.alignment());
    }

    private static long sung(LyricTiming timing, int from, int to) {
        return Arrays.stream(timing.first(), from, to)
                .filter(code -> code != LyricTiming.UNSUNG)
                .count();
    }

    /** So large a share of the characters is sung, and all that are at their time. */
    private static void assertTimed(LyricTiming timing, Singing song, int from, int to, double share, int tolerance) {
        assertThat(sung(timing, from, to)).isGreaterThan((long) (share * (to - from)));
        for (int i = from; i < to; i++) {
            if (timing.sung(i)) {
                assertThat(timing.first(i))
                        .as("first code of character %d", i)
                        .isBetween(song.first(i) - tolerance, song.last(i) + tolerance);
                assertThat(timing.last(i))
                        .as("last code of character %d", i)
                        .isBetween(song.first(i) - tolerance, song.last(i) + tolerance);
            }
        }
    }
}
