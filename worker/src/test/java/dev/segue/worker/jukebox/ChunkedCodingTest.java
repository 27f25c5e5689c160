package dev.segue.worker.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.contracts.window.CodeRange;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChunkedCodingTest {
    private static final VqVaeShape SMALL =
            new VqVaeShape(8000, List.of(2, 1), List.of(2, 2), 4, 16, 6, 2, List.of(1, 1), 1.0, 3, null, true);

    /** One pass of another length may use other kernels. */
    private static final double ROUNDING = 1e-5;

    @TempDir
    Path folder;

    record Case(VqVaeShape shape, int tile, int total, long seed) {}

    static Stream<Case> cases() {
        Random random = new Random(20);
        return Stream.generate(() -> randomCase(random)).limit(8);
    }

    private static Case randomCase(Random random) {
        List<Integer> downs = List.of(1 + random.nextInt(2), 1 + random.nextInt(2));
        List<Integer> strides = List.of(2 + 2 * random.nextInt(2), 2 + 2 * random.nextInt(2));
        List<Integer> multipliers = List.of(1 + random.nextInt(2), 1);
        Integer cycle = random.nextBoolean() ? 2 : null;
        int growth = 1 + random.nextInt(3);
        VqVaeShape shape = new VqVaeShape(
                8000, downs, strides, 4, 16, 6, 3, multipliers, 0.5, growth, cycle, random.nextBoolean());
        return new Case(shape, 1 + random.nextInt(60), 1 + random.nextInt(300), random.nextLong());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aRangeSoundsTheSameBitForBitHoweverASongIsCut(Case given) throws IOException {
        try (VqVae vqVae = RandomVqVae.of(given.shape(), given.seed(), folder)) {
            for (int level = 0; level < 2; level++) {
                ChunkedDecoder decoder = new ChunkedDecoder(vqVae.level(level), given.tile());
                Random random = new Random(given.seed());
                long[] codes = codes(given.total(), given.shape().codes(), random);
                float[] whole = decode(decoder, codes, new CodeRange(0, codes.length));
                int hop = given.shape().hop(level);
                for (int start = 0; start < codes.length; ) {
                    int end = Math.min(codes.length, start + 1 + random.nextInt(70));
                    assertThat(decode(decoder, codes, new CodeRange(start, end)))
                            .containsExactly(Arrays.copyOfRange(whole, start * hop, end * hop));
                    start = end;
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void chunksSoundLikeDecodingInOnePass(Case given) throws IOException {
        try (VqVae vqVae = RandomVqVae.of(given.shape(), given.seed(), folder)) {
            for (int level = 0; level < 2; level++) {
                ChunkedDecoder decoder = new ChunkedDecoder(vqVae.level(level), given.tile());
                long[] codes = codes(given.total(), given.shape().codes(), new Random(given.seed()));
                float[] chunked = decode(decoder, codes, new CodeRange(0, codes.length));
                assertThat(difference(chunked, onePass(vqVae.level(level), codes)))
                        .isLessThan(ROUNDING);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void soundEncodedInChunksHasTheCodesOfOnePass(Case given) throws IOException {
        try (VqVae vqVae = RandomVqVae.of(given.shape(), given.seed(), folder)) {
            for (int level = 0; level < 2; level++) {
                float[] sound = sound(given.total() * given.shape().hop(level), new Random(given.seed()));
                long[] chunked = new ChunkedEncoder(vqVae.level(level), given.tile()).encode(sound);
                try (NDManager manager = vqVae.newManager()) {
                    NDArray batch = manager.create(sound, new Shape(1, sound.length));
                    assertThat(chunked)
                            .containsExactly(vqVae.encode(manager, level, batch).toLongArray());
                }
            }
        }
    }

    @Test
    void releasedLevelZeroIsDecodedInChunksWithinItsMargin() throws IOException {
        try (VqVae vqVae = RandomVqVae.of(RandomVqVae.RELEASED, 3, folder)) {
            ChunkedDecoder decoder = new ChunkedDecoder(vqVae.level(0), 2000);
            long[] codes = codes(15000, 2048, new Random(4));
            CodeRange range = new CodeRange(7000, 8000);
            float[] chunk = decode(decoder, codes, range);
            float[] whole = onePass(vqVae.level(0), codes);
            assertThat(difference(chunk, Arrays.copyOfRange(whole, 56000, 64000)))
                    .isLessThan(ROUNDING);
        }
    }

    @Test
    void aCodeChangesTheSoundUpToItsMarginAndNotBeyond() throws IOException {
        try (VqVae vqVae = RandomVqVae.of(SMALL, 5, folder)) {
            for (int level = 0; level < 2; level++) {
                VqVaeLevel decoder = vqVae.level(level);
                int margin = decoder.receptiveField().decoderMargin();
                long[] codes = codes(4 * margin, SMALL.codes(), new Random(6));
                float[] before = onePass(decoder, codes);
                int changed = 2 * margin;
                codes[changed] = (codes[changed] + 1) % SMALL.codes();
                float[] after = onePass(decoder, codes);
                int hop = decoder.hop();
                assertThat(Arrays.mismatch(before, after))
                        .as("first sample that differs")
                        .isBetween((changed - margin) * hop, (changed - margin + 1) * hop - 1);
                int last = before.length - 1;
                while (before[last] == after[last]) {
                    last--;
                }
                assertThat(last)
                        .as("last sample that differs")
                        .isBetween((changed + margin) * hop, (changed + margin + 1) * hop - 1);
            }
        }
    }

    @Test
    void aSampleChangesLatentsUpToTheEncodersMarginAndNotBeyond() throws IOException {
        try (VqVae vqVae = RandomVqVae.of(SMALL, 5, folder)) {
            for (int level = 0; level < 2; level++) {
                VqVaeLevel encoder = vqVae.level(level);
                int margin = encoder.receptiveField().encoderMargin();
                float[] sound = sound(4 * margin * encoder.hop(), new Random(6));
                float[][] before = latents(encoder, sound);
                int changed = 2 * margin;
                for (int i = 0; i < encoder.hop(); i++) {
                    sound[changed * encoder.hop() + i] += 1;
                }
                float[][] after = latents(encoder, sound);
                int first = 0;
                while (Arrays.equals(before[first], after[first])) {
                    first++;
                }
                int last = before.length - 1;
                while (Arrays.equals(before[last], after[last])) {
                    last--;
                }
                assertThat(first).isEqualTo(changed - margin);
                assertThat(last).isEqualTo(changed + margin);
            }
        }
    }

    /** [length][embedding] */
    private static float[][] latents(VqVaeLevel encoder, float[] sound) {
        try (NDManager manager = encoder.newManager()) {
            NDArray latents = encoder.latents(manager, manager.create(sound, new Shape(1, sound.length)));
            NDArray rows = latents.get(0).transpose();
            float[][] values = new float[Math.toIntExact(rows.getShape().get(0))][];
            for (int i = 0; i < values.length; i++) {
                values[i] = rows.get(i).toFloatArray();
            }
            return values;
        }
    }

    @Test
    void aSongShorterThanTheMarginIsDecodedFromAllItsCodes() throws IOException {
        try (VqVae vqVae = RandomVqVae.of(SMALL, 7, folder)) {
            ChunkedDecoder decoder = new ChunkedDecoder(vqVae.level(1), 2);
            long[] codes = {3, 1, 4, 1, 5};
            assertThat(decoder.needed(new CodeRange(2, 3), 5)).isEqualTo(new CodeRange(0, 5));
            float[] one = decoder.decode(codes, new CodeRange(2, 3), 5);
            float[] whole = decoder.decode(codes, new CodeRange(0, 5), 5);
            assertThat(one).containsExactly(Arrays.copyOfRange(whole, 16, 24));
        }
    }

    @Test
    void aSongOfOneCodeHasOneHopOfSound() throws IOException {
        try (VqVae vqVae = RandomVqVae.of(SMALL, 8, folder)) {
            float[] sound = new ChunkedDecoder(vqVae.level(0)).decode(new long[] {9}, new CodeRange(0, 1), 1);
            assertThat(sound).hasSize(4);
            assertThat(sound[0]).isCloseTo(onePass(vqVae.level(0), new long[] {9})[0], within(1e-5f));
        }
    }

    @Test
    void wrongNumbersOfCodesAndSamplesAreRefusedWithWhatIsNeeded() throws IOException {
        try (VqVae vqVae = RandomVqVae.of(SMALL, 9, folder)) {
            ChunkedDecoder decoder = new ChunkedDecoder(vqVae.level(0), 10);
            assertThatThrownBy(() -> decoder.decode(new long[3], new CodeRange(0, 10), 100))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("got 3 codes")
                    .hasMessageContaining("pass the %d of".formatted(10 + decoder.margin()));
            assertThatThrownBy(() -> decoder.needed(new CodeRange(90, 101), 100))
                    .hasMessageContaining("beyond the song's 100 codes");
            assertThatThrownBy(() -> decoder.needed(new CodeRange(5, 5), 100)).hasMessageContaining("empty");
            assertThatThrownBy(() -> new ChunkedDecoder(vqVae.level(0), 0)).hasMessageContaining("at least one");
            assertThatThrownBy(() -> new ChunkedEncoder(vqVae.level(1)).encode(new float[12]))
                    .hasMessageContaining("12 samples")
                    .hasMessageContaining("multiple of the hop, 8");
        }
    }

    private static float[] decode(ChunkedDecoder decoder, long[] codes, CodeRange range) {
        CodeRange needed = decoder.needed(range, codes.length);
        return decoder.decode(Arrays.copyOfRange(codes, needed.start(), needed.end()), range, codes.length);
    }

    private static float[] onePass(VqVaeLevel level, long[] codes) {
        try (NDManager manager = level.newManager()) {
            return level.decode(manager, manager.create(codes, new Shape(1, codes.length)))
                    .toFloatArray();
        }
    }

    /** Largest difference, relative to the loudest sample or to 1. */
    private static double difference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double loudest = 1;
        for (int i = 0; i < actual.length; i++) {
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
            loudest = Math.max(loudest, Math.abs(expected[i]));
        }
        return difference / loudest;
    }

    private static long[] codes(int length, int bins, Random random) {
        return random.longs(length, 0, bins).toArray();
    }

    private static float[] sound(int length, Random random) {
        float[] sound = new float[length];
        for (int i = 0; i < length; i++) {
            sound[i] = (float) (random.nextGaussian() * 0.3);
        }
        return sound;
    }
}
