package dev.segue.worker.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterRandomTest {
    private static final int DRAWS = 160_000;
    private static final int BINS = 32;

    /** A chi-square value of 31 degrees of freedom exceeds this once in ten thousand times. */
    private static final double CHI_SQUARE_LIMIT = 67;

    /** Counter, key and result as published with the generator. */
    @ParameterizedTest
    @CsvSource({
        "00000000 00000000 00000000 00000000, 00000000 00000000, 6627e8d5 e169c58d bc57ac4c 9b00dbd8",
        "ffffffff ffffffff ffffffff ffffffff, ffffffff ffffffff, 408f276d 41c83b0e a20bc7c6 6d5451fd",
        "243f6a88 85a308d3 13198a2e 03707344, a4093822 299f31d0, d16cfe09 94fdcceb 5001e420 24126ea1"
    })
    void theGeneratorIsPhilox(String counter, String key, String result) {
        int[] keys = words(key);
        assertThat(CounterRandom.philox(words(counter), keys[0], keys[1])).isEqualTo(words(result));
    }

    @Test
    void numbersAreSpreadEvenlyOverTheUnitInterval() {
        int[] counts = new int[BINS];
        for (int i = 0; i < DRAWS; i++) {
            float number = CounterRandom.uniform(42, 2, i);
            assertThat(number >= 0 && number < 1).isTrue();
            counts[(int) (number * BINS)]++;
        }
        double expected = (double) DRAWS / BINS;
        double chiSquare = 0;
        for (int count : counts) {
            chiSquare += Math.pow(count - expected, 2) / expected;
        }
        assertThat(chiSquare).isLessThan(CHI_SQUARE_LIMIT);
    }

    @Test
    void everySeedLevelAndIndexHasNumbersOfItsOwn() {
        Set<Float> numbers = new HashSet<>();
        long[] seeds = {0, 1, 1L << 32, -1};
        long[] indices = {0, 1, 1L << 32};
        for (long seed : seeds) {
            for (int level = 0; level < 3; level++) {
                for (long index : indices) {
                    numbers.add(CounterRandom.uniform(seed, level, index));
                    assertThat(CounterRandom.uniform(seed, level, index))
                            .isEqualTo(CounterRandom.uniform(seed, level, index));
                }
            }
        }
        assertThat(numbers).hasSize(seeds.length * 3 * indices.length);
    }

    private static int[] words(String text) {
        return Pattern.compile(" ")
                .splitAsStream(text)
                .mapToInt(word -> Integer.parseUnsignedInt(word, 16))
                .toArray();
    }
}
