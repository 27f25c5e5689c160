package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RandomWeightsTest {
    private static final long ELEMENTS = 400_000;
    private static final List<TensorSpec> SPECS = List.of(
            new TensorSpec("a.w", TensorType.F32, List.of(ELEMENTS)),
            new TensorSpec("b.w", TensorType.BF16, List.of(ELEMENTS)),
            new TensorSpec("c.w", TensorType.F16, List.of(ELEMENTS)),
            new TensorSpec("ln.weight", TensorType.F32, List.of(8L)));

    @TempDir
    private Path folder;

    @Test
    void valuesHaveTheScaleThatTheirNameAsksFor() throws IOException {
        SafetensorsFile file = write("weights", 1);
        for (String name : List.of("a.w", "b.w", "c.w")) {
            double[] values = values(file, name);
            double mean = mean(values);
            double squares = 0;
            for (double value : values) {
                squares += (value - mean) * (value - mean);
            }
            assertThat(mean).isCloseTo(0, within(2e-4));
            assertThat(Math.sqrt(squares / values.length)).isCloseTo(0.02, within(2e-4));
        }
        assertThat(values(file, "ln.weight")).containsOnly(1);
    }

    @Test
    void sameSeedSameBytesAndOtherSeedOtherBytes() throws IOException {
        byte[] first = Files.readAllBytes(write("first", 1).path());
        assertThat(Files.readAllBytes(write("again", 1).path())).isEqualTo(first);
        assertThat(Files.readAllBytes(write("other", 2).path())).isNotEqualTo(first);
    }

    @Test
    void tensorsOfOneScaleAreNotCopiesOfEachOther() throws IOException {
        SafetensorsFile file = write("weights", 1);
        double[] a = values(file, "a.w");
        double[] b = values(file, "b.w");
        double product = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
        }
        assertThat(product / a.length / 0.02 / 0.02).isCloseTo(0, within(0.01));
    }

    @Test
    void shapesAndAPolicyAreEnough() throws IOException {
        Path file = folder.resolve("shapes");
        new RandomWeights(1, name -> new RandomWeights.Scale(0, 1))
                .write(
                        file,
                        Map.of("mlp.w", List.of(2L, 3L), "mlp.b", List.of(3L)),
                        TypePolicy.linear(TensorType.BF16));
        SafetensorsFile read = SafetensorsFile.open(file);
        assertThat(read.tensors().get("mlp.w").type()).isEqualTo(TensorType.BF16);
        assertThat(read.tensors().get("mlp.b").type()).isEqualTo(TensorType.F32);
        assertThat(read.shapes()).containsEntry("mlp.w", List.of(2L, 3L));
    }

    @Test
    void integersAreRefused() {
        assertThatThrownBy(() -> new RandomWeights(1, name -> new RandomWeights.Scale(0, 1))
                        .write(folder.resolve("w"), List.of(new TensorSpec("n", TensorType.I64, List.of(1L)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("tensor n is I64");
    }

    private SafetensorsFile write(String name, long seed) throws IOException {
        Path file = folder.resolve(name);
        new RandomWeights(
                        seed,
                        tensor -> tensor.startsWith("ln")
                                ? new RandomWeights.Scale(1, 0)
                                : new RandomWeights.Scale(0, 0.02f))
                .write(file, SPECS);
        return SafetensorsFile.open(file);
    }

    private static double[] values(SafetensorsFile file, String name) throws IOException {
        TensorInfo info = file.tensors().get(name);
        ByteBuffer data = file.map(name);
        double[] values = new double[(int) info.elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (info.type()) {
                case F32 -> data.getFloat();
                case F16 -> HalfFloat.toFloat(data.getShort());
                default -> Float.intBitsToFloat(data.getShort() << 16);
            };
        }
        return values;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
