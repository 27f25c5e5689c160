package dev.segue.worker.parity;

import static dev.segue.worker.parity.TensorData.tensor;
import static dev.segue.worker.parity.Tolerance.TENSOR;
import static dev.segue.worker.parity.Tolerance.assertClose;
import static dev.segue.worker.parity.Tolerance.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.window.CodeRange;
import dev.segue.worker.audio.Pcm16;
import dev.segue.worker.jukebox.ChunkedDecoder;
import dev.segue.worker.jukebox.ChunkedEncoder;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What whole runs of the original sound like, and what their prompts are as codes. */
class RunSoundParityTest {

    static Stream<String> runs() {
        return Fixtures.folders("runs");
    }

    @ParameterizedTest
    @MethodSource("runs")
    void codesOfARunSoundTheSame(String run) {
        SafetensorsFile trace = Fixtures.tensors("runs/" + run + "/trace.safetensors");
        try (VqVae vqVae = vqVae(run);
                NDManager manager = vqVae.newManager()) {
            for (int level = 0; level < vqVae.shape().levels(); level++) {
                if (trace.tensors().containsKey("x_level" + level)) {
                    NDArray expected = tensor(manager, trace, "x_level" + level);
                    NDArray codes = tensor(manager, trace, "final_z" + level);
                    for (int item = 0; item < expected.getShape().get(0); item++) {
                        float[] sound = decode(vqVae, level, codes.get(item).toLongArray());
                        NDArray actual = manager.create(sound, new Shape(sound.length, 1));
                        assertClose("level " + level, actual, expected.get(item), TENSOR);
                        assertSamples(expected.get(item), trace, item, level);
                        assertNearSamples(sound, trace, manager, item, level);
                    }
                }
            }
        }
    }

    private static float[] decode(VqVae vqVae, int level, long[] codes) {
        ChunkedDecoder decoder = new ChunkedDecoder(vqVae.level(level));
        return decoder.decode(codes, new CodeRange(0, codes.length), codes.length);
    }

    /** Of the same floating-point sound, samples are the same. */
    private static void assertSamples(NDArray sound, SafetensorsFile trace, int item, int level) {
        String name = "pcm16_item" + item + "_level" + level;
        if (trace.tensors().containsKey(name)) {
            long[] expected = tensor(sound.getManager(), trace, name).toLongArray();
            short[] actual = Pcm16.of(sound.toFloatArray());
            assertThat(farthest(actual, expected)).as(name).isZero();
        }
    }

    /** Of our own, whose last bits may differ, they are next to each other. */
    private static void assertNearSamples(
            float[] sound, SafetensorsFile trace, NDManager manager, int item, int level) {
        String name = "pcm16_item" + item + "_level" + level;
        if (trace.tensors().containsKey(name)) {
            long[] expected = tensor(manager, trace, name).toLongArray();
            assertThat(farthest(Pcm16.of(sound), expected)).as(name).isLessThanOrEqualTo(1);
        }
    }

    private static long farthest(short[] actual, long[] expected) {
        assertThat(actual).hasSize(expected.length);
        long farthest = 0;
        for (int i = 0; i < expected.length; i++) {
            farthest = Math.max(farthest, Math.abs(actual[i] - expected[i]));
        }
        return farthest;
    }

    @ParameterizedTest
    @MethodSource("runs")
    void promptsOfARunHaveTheSameCodes(String run) {
        SafetensorsFile trace = Fixtures.tensors("runs/" + run + "/trace.safetensors");
        if (!trace.tensors().containsKey("prompt_x")) {
            return;
        }
        try (VqVae vqVae = vqVae(run);
                NDManager manager = vqVae.newManager()) {
            NDArray sound = tensor(manager, trace, "prompt_x").squeeze(2);
            for (int level = 0; level < vqVae.shape().levels(); level++) {
                NDArray expected = tensor(manager, trace, "prompt_z" + level);
                assertSame("prompt of level " + level, vqVae.encode(manager, level, sound), expected);
                assertThat(new ChunkedEncoder(vqVae.level(level))
                                .encode(sound.get(0).toFloatArray()))
                        .isEqualTo(expected.get(0).toLongArray());
            }
        }
    }

    private static VqVae vqVae(String run) {
        return new VqVaeFolder(
                        Fixtures.json("runs/" + run + "/run.json").get("vqvae").asText())
                .load();
    }
}
