package dev.segue.worker.jukebox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Factored attention, in whole passes and step by step, against attention key by key. */
class AttentionPatternsTest {
    private static final double TOLERANCE = 2e-5;
    private static final int SLOTS = 3;

    static Stream<AttentionPattern> patterns() {
        return Arrays.stream(AttentionPattern.values()).filter(pattern -> pattern != AttentionPattern.SPREAD);
    }

    @ParameterizedTest
    @MethodSource("patterns")
    void everyPatternAttendsToWhatItsDefinitionSays(AttentionPattern pattern) {
        Random random = new Random(pattern.function());
        for (int heads = 1; heads <= 3; heads++) {
            int blocks = 2 + random.nextInt(4);
            int blockLength = 2 + random.nextInt(6);
            check(pattern, random, heads, blocks, blockLength, heads == 2 ? 0 : Long.MAX_VALUE);
        }
    }

    private static void check(
            AttentionPattern pattern, Random random, int heads, int blocks, int blockLength, long rowByRow) {
        int width = 8;
        int length = blocks * blockLength;
        int lyrics = 1 + random.nextInt(length - blocks);
        int memory = pattern == AttentionPattern.CROSS ? 1 + random.nextInt(9) : 0;
        boolean cross = memory > 0;
        AttentionWeights weights = AttentionWeights.random(random, width, heads * 4, heads, cross);
        float[][][] x = inputs(random, length, width);
        float[][][] remembered = cross ? inputs(random, memory, width) : null;
        PlainAttention plain = new PlainAttention(weights, pattern, blockLength, (lyrics / blocks + 1) * blocks);
        double[][][] expected = new double[SLOTS][][];
        for (int item = 0; item < SLOTS; item++) {
            expected[item] = plain.apply(x[item], cross ? remembered[item] : null);
        }
        try (AttentionLayer layer = new AttentionLayer(
                weights, pattern, length, blocks, lyrics, memory, AttentionLayer.variance(x), rowByRow)) {
            layer.allocate(SLOTS);
            int[] none = new int[SLOTS];
            assertSame(layer.whole(x, remembered), expected, none);
            // At and around the borders of blocks and of the prefix, each slot at another one.
            int[] lengths = {0, 1, blockLength - 1, blockLength, blockLength + 1, 2 * blockLength, lyrics, length - 1};
            for (int first = 0; first < lengths.length; first += SLOTS) {
                int[] known = new int[SLOTS];
                for (int slot = 0; slot < SLOTS; slot++) {
                    known[slot] = Math.min(lengths[(first + slot) % lengths.length], length - 1);
                }
                assertSame(layer.stepped(x, remembered, known), expected, known);
            }
        }
    }

    private static float[][][] inputs(Random random, int length, int width) {
        float[][][] x = new float[SLOTS][length][width];
        for (float[][] item : x) {
            for (float[] position : item) {
                for (int channel = 0; channel < width; channel++) {
                    position[channel] = 2 * random.nextFloat() - 1;
                }
            }
        }
        return x;
    }

    private static void assertSame(float[][][] actual, double[][][] expected, int[] from) {
        double difference = 0;
        for (int item = 0; item < SLOTS; item++) {
            for (int position = from[item]; position < expected[item].length; position++) {
                for (int channel = 0; channel < expected[item][position].length; channel++) {
                    double one = actual[item][position][channel] - expected[item][position][channel];
                    difference = Double.isNaN(one) ? Double.NaN : Math.max(difference, Math.abs(one));
                }
            }
        }
        assertThat(difference).as("slots joined at %s", Arrays.toString(from)).isLessThan(TOLERANCE);
    }
}
