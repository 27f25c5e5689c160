package dev.segue.worker.parity;

import static dev.segue.worker.parity.TensorData.tensor;
import static dev.segue.worker.parity.Tolerance.TENSOR;
import static dev.segue.worker.parity.Tolerance.assertClose;
import static dev.segue.worker.parity.Tolerance.assertSame;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VqVaeParityTest {

    static Stream<VqVaeFolder> folders() {
        return VqVaeFolder.all();
    }

    @ParameterizedTest
    @MethodSource("folders")
    void encodesSoundToTheSameCodes(VqVaeFolder folder) {
        SafetensorsFile io = folder.tensors("io");
        try (VqVae vqVae = folder.load();
                NDManager manager = vqVae.newManager()) {
            NDArray sound = tensor(manager, io, "x").squeeze(2);
            NDList codes = vqVae.encode(manager, sound);
            for (int level = 0; level < folder.shape().levels(); level++) {
                NDArray latents = vqVae.level(level).latents(manager, sound);
                NDArray expected = tensor(manager, io, "enc" + level + ".pre_quant");
                assertClose("latents of level " + level, latents, expected, TENSOR);
                NDArray distances = vqVae.level(level).distances(manager, expected);
                NDArray first = tensor(manager, io, "dist" + level);
                assertClose(
                        "distances of level " + level,
                        distances.get(":, :" + first.getShape().get(1)),
                        first,
                        TENSOR);
                assertSame("codes of level " + level, codes.get(level), tensor(manager, io, "z" + level));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("folders")
    void decodesCodesToTheSameSound(VqVaeFolder folder) {
        SafetensorsFile io = folder.tensors("io");
        try (VqVae vqVae = folder.load();
                NDManager manager = vqVae.newManager()) {
            for (int level = 0; level < folder.shape().levels(); level++) {
                NDArray codes = tensor(manager, io, "z" + level);
                NDArray quantised = vqVae.level(level).dequantise(manager, codes);
                assertClose("codebook rows", quantised, tensor(manager, io, "enc" + level + ".quant"), TENSOR);
                assertDecodes(vqVae, manager, level, codes, tensor(manager, io, "x_dec" + level));
                assertDecodes(
                        vqVae,
                        manager,
                        level,
                        tensor(manager, io, "rand_z" + level),
                        tensor(manager, io, "rand_x_dec" + level));
            }
        }
    }

    private static void assertDecodes(VqVae vqVae, NDManager manager, int level, NDArray codes, NDArray expected) {
        NDArray sound = vqVae.decode(manager, level, codes);
        assertClose("sound of level " + level, sound, expected.squeeze(2), TENSOR);
    }

    @ParameterizedTest
    @MethodSource("folders")
    void everyBlockPutsOutTheSame(VqVaeFolder folder) {
        SafetensorsFile io = folder.tensors("io");
        try (VqVae vqVae = folder.load();
                NDManager manager = vqVae.newManager()) {
            NDArray sound = tensor(manager, io, "x").squeeze(2);
            for (int level = 0; level < folder.shape().levels(); level++) {
                NDList encoder = vqVae.level(level).encoderBlocks(manager, sound);
                NDArray codes = tensor(manager, io, "z" + level);
                NDList decoder = vqVae.level(level).decoderBlocks(manager, codes);
                for (int block = 0; block <= level; block++) {
                    compareRows(io, "enc" + level + ".block" + block + ".out", encoder.get(block));
                    compareRows(io, "dec" + level + ".block" + block + ".out", decoder.get(level - block));
                }
            }
        }
    }

    /** The fixtures keep the last item of a batch for some blocks, and nothing of others. */
    private static void compareRows(SafetensorsFile io, String name, NDArray actual) {
        if (io.tensors().containsKey(name)) {
            NDArray expected = tensor(actual.getManager(), io, name);
            assertClose(name, actual.get("-" + expected.getShape().get(0) + ":"), expected, TENSOR);
        }
    }
}
