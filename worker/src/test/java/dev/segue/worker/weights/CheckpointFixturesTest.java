package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.worker.parity.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every torch file that the folder of fixtures has against the tensors that were saved beside it.
 */
class CheckpointFixturesTest {

    static Stream<String> checkpoints() {
        Stream<String> priors = Fixtures.folders("priors").map(name -> "priors/" + name);
        Stream<String> vqVaes = Fixtures.folders("").filter(name -> name.startsWith("vqvae"));
        return Stream.concat(priors, vqVaes).flatMap(folder -> torchFiles(folder));
    }

    static Stream<String> results() {
        return Fixtures.folders("runs").flatMap(name -> torchFiles("runs/" + name));
    }

    private static Stream<String> torchFiles(String folder) {
        return Fixtures.files(folder).filter(name -> name.endsWith(".pth.tar")).map(name -> folder + "/" + name);
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("checkpoints")
    void everyCheckpointBecomesTheWeightsThatWereSavedBesideIt(String checkpoint, @TempDir Path folder)
            throws IOException {
        SafetensorsFile saved = Fixtures.tensors(parent(checkpoint) + "/weights.safetensors");
        Path target = folder.resolve("weights.safetensors");
        new CheckpointConversion(expected(parent(checkpoint)), TypePolicy.asStored())
                .convert(Fixtures.file(checkpoint), target, (tensor, done, total) -> {});
        SafetensorsFile converted = SafetensorsFile.open(target);
        assertThat(converted.tensors()).containsOnlyKeys(saved.tensors().keySet());
        for (TensorInfo tensor : saved.tensors().values()) {
            assertThat(converted.tensors().get(tensor.name()).type()).isEqualTo(tensor.type());
            assertThat(bytes(converted.map(tensor.name()))).isEqualTo(bytes(saved.map(tensor.name())));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("checkpoints")
    void everyCheckpointTellsItsStepAndItsHyperparameters(String checkpoint) throws IOException {
        JsonNode hps = Fixtures.json(parent(checkpoint) + "/config.json").get("hps");
        try (TorchCheckpoint opened = TorchCheckpoint.open(Fixtures.file(checkpoint))) {
            assertThat(opened.step())
                    .hasValueSatisfying(step -> assertThat(step).isPositive());
            JsonNode read = opened.hps();
            hps.properties()
                    .forEach(entry -> assertThat(read.path(entry.getKey()).toString())
                            .as(entry.getKey())
                            .isEqualTo(entry.getValue().toString()));
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("checkpoints")
    void everyCheckpointTellsTheStepThatTheReadmeOfTheFixturesNames(String checkpoint) throws IOException {
        assumeTrue(Fixtures.has("README.md"));
        try (TorchCheckpoint opened = TorchCheckpoint.open(Fixtures.file(checkpoint))) {
            assertThat(Files.readString(Fixtures.file("README.md")))
                    .containsPattern("step.{0,3} \\(?" + opened.step().orElseThrow() + "\\b");
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("results")
    void everyResultHoldsTheCodesThatItsRunEndedWith(String result) throws IOException {
        SafetensorsFile trace = Fixtures.tensors(parent(result) + "/trace.safetensors");
        int written = Integer.parseInt(result.replaceAll(".*data_level_(\\d+).*", "$1"));
        ReferenceResult read = ReferenceResult.read(Fixtures.file(result));
        for (int level = 0; level < read.levels(); level++) {
            List<int[]> codes = read.codes(level);
            if (level < written) {
                assertThat(codes).as("level %s", level).allSatisfy(item -> assertThat(item)
                        .isEmpty());
            } else {
                assertThat(flat(codes)).isEqualTo(longs(trace.map("final_z" + level)));
            }
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("results")
    void everyResultHoldsTheSoundThatItsRunEndedWith(String result) throws IOException {
        SafetensorsFile trace = Fixtures.tensors(parent(result) + "/trace.safetensors");
        int level = Integer.parseInt(result.replaceAll(".*data_level_(\\d+).*", "$1"));
        byte[] sound = bytes(trace.map("x_level" + level));
        try (TorchCheckpoint opened = TorchCheckpoint.open(Fixtures.file(result))) {
            TorchTensor x = opened.tensor(opened.get("x").orElseThrow(), "x");
            List<Byte> read = new ArrayList<>();
            opened.read(x, TensorType.F32, piece -> {
                while (piece.hasRemaining()) {
                    read.add(piece.get());
                }
            });
            // The trace keeps all songs or the first one only.
            assertThat(read).hasSizeGreaterThanOrEqualTo(sound.length).startsWith(boxed(sound));
        }
    }

    static Map<String, List<Long>> expected(String folder) {
        Map<String, List<Long>> expected = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry :
                Fixtures.json(folder + "/config.json").get("state_dict").properties()) {
            // Priors say dtype and shape, VQ-VAEs the shape alone.
            JsonNode shape =
                    entry.getValue().path(1).isArray() ? entry.getValue().get(1) : entry.getValue();
            List<Long> axes = new ArrayList<>();
            shape.forEach(axis -> axes.add(axis.asLong()));
            expected.put(entry.getKey(), axes);
        }
        return expected;
    }

    private static String parent(String file) {
        return file.substring(0, file.lastIndexOf('/'));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static Byte[] boxed(byte[] bytes) {
        Byte[] boxed = new Byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            boxed[i] = bytes[i];
        }
        return boxed;
    }

    private static long[] longs(ByteBuffer buffer) {
        long[] longs = new long[buffer.remaining() / Long.BYTES];
        buffer.asLongBuffer().get(longs);
        return longs;
    }

    private static long[] flat(List<int[]> items) {
        return items.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
    }
}
