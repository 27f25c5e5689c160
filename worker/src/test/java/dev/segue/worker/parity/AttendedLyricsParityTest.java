package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.PriorShape;
import dev.segue.contracts.window.Level;
import dev.segue.worker.jukebox.Conditions;
import dev.segue.worker.jukebox.Precision;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.alignment.Alignment;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.sampling.LyricAligner;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the priors of the fixtures attend to in the lyrics, window by window and merged. */
class AttendedLyricsParityTest {
    static Stream<String> cases() {
        return AlignmentParityTest.cases();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void attentionToTheLyricsIsTheOriginals(String name) {
        JsonNode given = Fixtures.json(name + ".json");
        SafetensorsFile tensors = Fixtures.tensors(name + ".safetensors");
        String priorName = given.get("prior").asText();
        PriorShape shape = ReferenceShapes.prior(priorName);
        SafetensorsFile weights = Fixtures.tensors("priors/" + priorName + "/weights.safetensors");
        try (Prior prior = Prior.forSampling(shape, weights, Fixtures.device(), Precision.FLOAT32)) {
            for (int item = 0; item < given.get("page").size(); item++) {
                for (int hop = 0; hop < given.get("starts").size(); hop++) {
                    checkWindow(prior, tensors, "hop" + hop + ".item" + item + ".");
                }
                checkSong(prior, given, tensors, item);
            }
        }
    }

    private static void checkWindow(Prior prior, SafetensorsFile tensors, String window) {
        PriorShape shape = prior.shape();
        long[] y = TensorData.longs(tensors, window + "y");
        long[] codes = TensorData.longs(tensors, window + "z");
        int prefix = shape.prefixTokens();
        long[] symbols = LongStream.concat(
                        Arrays.stream(y, y.length - prefix, y.length),
                        Arrays.stream(codes).map(code -> code + shape.codeShift()))
                .toArray();
        try (NDManager scratch = prior.newManager()) {
            NDArray stream = scratch.create(symbols, new Shape(1, symbols.length));
            NDArray actual = prior.alignment(scratch, stream, new Conditions(prior).of(scratch, y, null));
            NDArray expected = Tolerance.tensor(scratch, tensors, window + "w");
            Tolerance.assertClose(window + "w", actual.reshape(expected.getShape()), expected, Tolerance.TENSOR);
        }
    }

    private static void checkSong(Prior prior, JsonNode given, SafetensorsFile tensors, int item) {
        PriorShape shape = prior.shape();
        int hop = ReferenceShapes.vqVae("vqvae_3level").hop(shape.level());
        Level level = new Level(
                shape.level(), hop, shape.context(), given.get("hop_length").asInt(), 0);
        Labeller labeller =
                Labeller.of(shape, hop, ReferenceLabels.set(shape.labels().version()));
        int[] codes = Arrays.stream(TensorData.row(tensors, "z", item))
                .limit(given.get("total_length").asInt())
                .mapToInt(Math::toIntExact)
                .toArray();
        Alignment actual = new LyricAligner(prior, level, labeller)
                .align(
                        codes,
                        labeller.label(ReferenceLabels.song(given.get("metas").get(item))));
        float[][] expected = TensorData.matrix(tensors, "item" + item + ".alignment");
        assertThat(actual.codes()).isEqualTo(expected.length);
        double difference = 0;
        for (int code = 0; code < expected.length; code++) {
            for (int character = 0; character < expected[code].length; character++) {
                difference = Math.max(difference, Math.abs(actual.weight(code, character) - expected[code][character]));
            }
        }
        Tolerance.assertClose("alignment of item " + item, difference, 0, Tolerance.TENSOR);
    }
}
