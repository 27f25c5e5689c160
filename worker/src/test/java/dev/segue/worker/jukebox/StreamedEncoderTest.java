package dev.segue.worker.jukebox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.model.VqVaeShape;
import dev.segue.contracts.request.RejectedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamedEncoderTest {
    private static final VqVaeShape SMALL =
            new VqVaeShape(8000, List.of(2, 1), List.of(2, 2), 4, 16, 6, 2, List.of(1, 1), 1.0, 3, null, true);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 37, 500, 100_000})
    void aSoundInPiecesHasTheCodesOfTheWholeBitForBit(int tile) throws IOException {
        Random random = new Random(tile);
        float[] sound = new float[8 * 600 + 5];
        for (int i = 0; i < sound.length; i++) {
            sound[i] = (float) random.nextGaussian() * 0.3f;
        }
        try (VqVae vqVae = RandomVqVae.of(SMALL, 1, folder)) {
            List<ChunkedEncoder> encoders =
                    List.of(new ChunkedEncoder(vqVae.level(0), tile), new ChunkedEncoder(vqVae.level(1), tile));
            List<List<Long>> codes = List.of(new ArrayList<>(), new ArrayList<>());
            StreamedEncoder streamed = new StreamedEncoder(encoders, (level, start, more) -> {
                assertThat(start).isEqualTo(codes.get(level).size());
                Arrays.stream(more).forEach(codes.get(level)::add);
            });
            for (int at = 0; at < sound.length; ) {
                int end = Math.min(sound.length, at + 1 + random.nextInt(900));
                streamed.write(Arrays.copyOfRange(sound, at, end), end - at);
                at = end;
            }

            assertThat(streamed.finish()).isEqualTo(8 * 600);
            float[] cut = Arrays.copyOf(sound, 8 * 600);
            for (int level = 0; level < 2; level++) {
                assertThat(codes.get(level).stream().mapToLong(code -> code).toArray())
                        .isEqualTo(encoders.get(level).encode(cut));
            }
        }
    }

    @Test
    void lessThanACodeIsRefused() throws IOException {
        try (VqVae vqVae = RandomVqVae.of(SMALL, 1, folder)) {
            StreamedEncoder encoder = new StreamedEncoder(vqVae, (level, start, codes) -> {
                throw new AssertionError("there are no codes");
            });
            encoder.write(new float[7], 7);

            assertThatThrownBy(encoder::finish).isInstanceOf(RejectedException.class);
        }
    }
}
