package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.AttentionLayer;
import dev.segue.worker.jukebox.AttentionPattern;
import dev.segue.worker.jukebox.AttentionWeights;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One attention of every pattern against the original's, in whole passes and step by step. */
class AttentionParityTest {
    private static final String FILE = "misc/attention";

    static Stream<String> functions() {
        return Fixtures.has(FILE + ".json")
                ? Fixtures.json(FILE + ".json").get("per_function").properties().stream()
                        .map(Map.Entry::getKey)
                : Stream.of();
    }

    static Stream<String> priors() {
        return Fixtures.folders("priors");
    }

    @ParameterizedTest
    @MethodSource("functions")
    void attentionIsTheOriginals(String name) {
        SafetensorsFile tensors = Fixtures.tensors(FILE + ".safetensors");
        JsonNode cfg = Fixtures.json(FILE + ".json").get("cfg");
        JsonNode given = Fixtures.json(FILE + ".json").get("per_function").get(name);
        float[][][] x = batch(tensors, name + ".x");
        boolean cross = tensors.tensors().containsKey(name + ".encoder_kv");
        float[][][] memory = cross ? batch(tensors, name + ".encoder_kv") : null;
        for (long rowByRow : new long[] {0, Long.MAX_VALUE}) {
            try (AttentionLayer layer = layer(tensors, name, cfg, x, memory, rowByRow)) {
                layer.allocate(x.length);
                float[][][] expected = batch(tensors, name + ".y");
                assertClose(name, layer.whole(x, memory), expected, new int[x.length]);
                int known = 0;
                for (JsonNode chunk : given.get("chunk_sizes")) {
                    known = Math.min(known + chunk.asInt(), x[0].length - 1);
                    int[] both = new int[x.length];
                    Arrays.fill(both, known);
                    assertClose(name + " after " + known, layer.stepped(x, memory, both), expected, both);
                }
                if (cross || name.equals("f" + AttentionPattern.LYRIC_PREFIX.function())) {
                    assertWeights(
                            tensors,
                            name,
                            layer,
                            x,
                            memory,
                            cfg.get("prime_len").asInt());
                }
                for (JsonNode cache : given.get("cache_shape_after_chunk")) {
                    assertAttended(
                            layer,
                            Integer.parseInt(name.substring(1)),
                            cfg.get("block_ctx").asInt(),
                            cache.get("after").asInt(),
                            cache.get("key").get(1).asInt());
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("priors")
    void aStepAttendsToAsManyPositionsAsTheOriginals(String name) {
        JsonNode config = Fixtures.json("priors/" + name + "/config.json");
        PriorShape shape = ReferenceShapes.prior(name);
        boolean encoder = shape.lyrics() != null && !shape.lyrics().singleStream();
        int memory = encoder ? shape.lyrics().tokens() : 0;
        config.get("kv_cache_shape_after_step").properties().forEach(entry -> {
            int function = Integer.parseInt(entry.getKey().substring("attn_func_".length()));
            AttentionPattern pattern = AttentionPattern.ofFunction(function);
            int inner = shape.decoder().attentionWidth();
            int out = pattern.readsLyricEncoder() ? inner : 3 * inner;
            AttentionWeights weights = new AttentionWeights(
                    1,
                    inner,
                    1,
                    new float[out],
                    new float[out],
                    pattern.readsLyricEncoder() ? new float[2 * inner] : null,
                    pattern.readsLyricEncoder() ? new float[2 * inner] : null,
                    new float[inner],
                    new float[1]);
            int length = shape.streamLength();
            int blocks = shape.decoder().blocks();
            try (AttentionLayer layer = new AttentionLayer(
                    weights, pattern, length, blocks, shape.prefixTokens(), memory, 1, Long.MAX_VALUE)) {
                entry.getValue()
                        .properties()
                        .forEach(step -> assertAttended(
                                layer,
                                function,
                                length / blocks,
                                Integer.parseInt(step.getKey()),
                                step.getValue().get(1).asInt()));
            }
        });
    }

    /** What a step attends to of as many stored positions (specification §4.5). */
    private static void assertAttended(AttentionLayer layer, int function, int blockLength, int consumed, int stored) {
        int attended =
                switch (function) {
                    case 2 -> (stored - 1 - (consumed - 1) % blockLength) / blockLength + 1;
                    case 3 -> blockLength; // zeros in the first block
                    default -> stored;
                };
        assertThat(layer.attended(consumed - 1))
                .as("attn_func %d at position %d", function, consumed - 1)
                .isEqualTo(attended);
    }

    private static AttentionLayer layer(
            SafetensorsFile tensors, String name, JsonNode cfg, float[][][] x, float[][][] memory, long rowByRow) {
        AttentionWeights weights = new AttentionWeights(
                cfg.get("n_in").asInt(),
                cfg.get("n_state").asInt(),
                cfg.get("n_head").asInt(),
                TensorData.floats(tensors, name + ".c_attn.w"),
                TensorData.floats(tensors, name + ".c_attn.b"),
                memory == null ? null : TensorData.floats(tensors, name + ".c_enc_kv.w"),
                memory == null ? null : TensorData.floats(tensors, name + ".c_enc_kv.b"),
                TensorData.floats(tensors, name + ".c_proj.w"),
                TensorData.floats(tensors, name + ".c_proj.b"));
        return new AttentionLayer(
                weights,
                AttentionPattern.ofFunction(Integer.parseInt(name.substring(1))),
                x[0].length,
                cfg.get("blocks").asInt(),
                cfg.get("prime_len").asInt(),
                memory == null ? 0 : memory[0].length,
                AttentionLayer.variance(x),
                rowByRow);
    }

    /** w is [N, heads, T, keys]; w_alignment has the positions behind the lyrics and the lyrics alone. */
    private static void assertWeights(
            SafetensorsFile tensors, String name, AttentionLayer layer, float[][][] x, float[][][] memory, int lyrics) {
        float[] expected = TensorData.floats(tensors, name + ".w");
        int heads = tensors.tensors().get(name + ".w").shape().get(1).intValue();
        int length = x[0].length;
        int keys = tensors.tensors().get(name + ".w").shape().get(3).intValue();
        boolean aligned = tensors.tensors().containsKey(name + ".w_alignment");
        float[] alignment = aligned ? TensorData.floats(tensors, name + ".w_alignment") : null;
        double difference = 0;
        for (int head = 0; head < heads; head++) {
            float[] weights = layer.weights(x, memory, head);
            assertThat(weights).hasSize(x.length * length * keys);
            for (int item = 0; item < x.length; item++) {
                for (int i = 0; i < length; i++) {
                    for (int key = 0; key < keys; key++) {
                        float actual = weights[(item * length + i) * keys + key];
                        int page = item * heads + head;
                        difference = larger(difference, actual, expected[(page * length + i) * keys + key]);
                        if (aligned && i >= lyrics && key < lyrics) {
                            float same = alignment[(page * (length - lyrics) + i - lyrics) * lyrics + key];
                            difference = larger(difference, actual, same);
                        }
                    }
                }
            }
        }
        Tolerance.assertClose(name + ".w", difference, 0, Tolerance.TENSOR);
    }

    private static void assertClose(String what, float[][][] actual, float[][][] expected, int[] from) {
        double difference = 0;
        for (int item = 0; item < expected.length; item++) {
            for (int i = from[item]; i < expected[item].length; i++) {
                for (int channel = 0; channel < expected[item][i].length; channel++) {
                    difference = larger(difference, actual[item][i][channel], expected[item][i][channel]);
                }
            }
        }
        Tolerance.assertClose(what, difference, 0, Tolerance.TENSOR);
    }

    private static double larger(double difference, float actual, float expected) {
        double one = Math.abs(actual - (double) expected) / Math.max(1, Math.abs(expected));
        return Double.isNaN(one) ? Double.NaN : Math.max(difference, one);
    }

    /** A float32 tensor of three axes. */
    private static float[][][] batch(SafetensorsFile file, String name) {
        int[] shape = file.tensors().get(name).shape().stream()
                .mapToInt(Long::intValue)
                .toArray();
        float[] flat = TensorData.floats(file, name);
        float[][][] values = new float[shape[0]][shape[1]][];
        for (int row = 0; row < shape[0] * shape[1]; row++) {
            values[row / shape[1]][row % shape[1]] = Arrays.copyOfRange(flat, row * shape[2], (row + 1) * shape[2]);
        }
        return values;
    }
}
