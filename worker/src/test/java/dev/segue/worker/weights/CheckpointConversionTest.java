package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.worker.weights.CheckpointFile.Storage;
import dev.segue.worker.weights.CheckpointFile.Tensor;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointConversionTest {
    private static final CheckpointFile MODEL = new CheckpointFile(
            List.of(
                    Storage.floats("0", 1, 2, 3, 4),
                    new Storage("1", "HalfStorage", 2, 1, ByteBuffer.wrap(new byte[] {0, 0x3c})),
                    new Storage("2", "LongStorage", 8, 1, ByteBuffer.wrap(new byte[] {5, 0, 0, 0, 0, 0, 0, 0})),
                    new Storage(
                            "3", "DoubleStorage", 8, 1, ByteBuffer.wrap(new byte[] {0, 0, 0, 0, 0, 0, (byte) 0xf0, 0x3f
                            }))),
            List.of(
                    Tensor.row("mlp.w", "0", 4),
                    Tensor.row("half.w", "1", 1),
                    Tensor.row("half.b", "1", 1),
                    Tensor.row("count", "2", 1),
                    Tensor.row("double.b", "3", 1),
                    Tensor.row("tied.w", "0", 4)),
            1);

    @TempDir
    private Path folder;

    @Test
    void typesFollowThePolicyAndTiedTensorsHaveDataOfTheirOwn() throws IOException {
        SafetensorsFile stored = convert(TypePolicy.asStored());
        assertThat(stored.tensors().get("mlp.w").type()).isEqualTo(TensorType.F32);
        assertThat(stored.tensors().get("half.w").type()).isEqualTo(TensorType.F16);
        assertThat(stored.tensors().get("half.b").type()).isEqualTo(TensorType.F32);
        assertThat(stored.map("half.b").getFloat()).isEqualTo(1f);
        assertThat(stored.map("double.b").getFloat()).isEqualTo(1f);
        assertThat(stored.map("count").getLong()).isEqualTo(5);
        assertThat(stored.map("tied.w")).isEqualTo(stored.map("mlp.w"));
        SafetensorsFile brain = convert(TypePolicy.linear(TensorType.BF16));
        assertThat(brain.tensors().get("mlp.w").type()).isEqualTo(TensorType.BF16);
        assertThat(brain.map("mlp.w").getShort(2)).isEqualTo((short) 0x4000);
        assertThat(brain.map("half.w").getShort()).isEqualTo((short) 0x3f80);
        assertThat(brain.tensors().get("half.b").type()).isEqualTo(TensorType.F32);
        SafetensorsFile single = convert(TypePolicy.linear(TensorType.F32));
        assertThat(single.map("half.w").getFloat()).isEqualTo(1f);
    }

    @Test
    void linearWeightsCannotBeIntegers() {
        assertThatThrownBy(() -> TypePolicy.linear(TensorType.I64)).hasMessageContaining("choose F32, F16 or BF16");
    }

    @Test
    void allMismatchesAreListedInOneErrorAndNothingIsWritten() throws IOException {
        Map<String, List<Long>> expected = new LinkedHashMap<>(MODEL.shapes());
        expected.remove("count");
        expected.put("mlp.w", List.of(2L, 2L));
        expected.put("absent", List.of(1L));
        Path checkpoint = MODEL.legacy(folder.resolve("checkpoint"));
        Path target = folder.resolve("model").resolve("weights");
        assertThatThrownBy(() -> new CheckpointConversion(expected, TypePolicy.asStored())
                        .convert(checkpoint, target, (tensor, done, total) -> {}))
                .isInstanceOf(WeightsException.Mismatch.class)
                .hasMessageContaining("1 names are missing (absent)")
                .hasMessageContaining("1 names are unexpected (count)")
                .hasMessageContaining("1 shapes differ (mlp.w is [4] instead of [2, 2])");
        assertThat(target.getParent()).doesNotExist();
    }

    @Test
    void aLongListOfMismatchesIsCutShort() {
        Map<String, List<Long>> expected = new LinkedHashMap<>();
        for (int i = 0; i < 5000; i++) {
            expected.put("name" + i, List.of(1L));
        }
        assertThatThrownBy(() -> StateDictCheck.check(folder, Map.of(), expected))
                .hasMessageContaining("5000 names are missing")
                .hasMessageContaining("name9, …")
                .hasMessageNotContaining("name10");
    }

    @Test
    void aTruncatedCheckpointLeavesNothing() throws IOException {
        byte[] whole = Files.readAllBytes(MODEL.legacy(folder.resolve("checkpoint")));
        Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 1));
        Path target = folder.resolve("model").resolve("weights");
        assertThatThrownBy(() -> new CheckpointConversion(MODEL.shapes(), TypePolicy.asStored())
                        .convert(cut, target, (tensor, done, total) -> {}))
                .isInstanceOf(WeightsException.Malformed.class)
                .hasMessageContaining("truncated");
        assertThat(target.getParent()).doesNotExist();
    }

    @Test
    void aListenerThatFailsLeavesNothing() throws IOException {
        Path checkpoint = MODEL.legacy(folder.resolve("checkpoint"));
        Path target = folder.resolve("model").resolve("weights");
        assertThatThrownBy(() -> new CheckpointConversion(MODEL.shapes(), TypePolicy.asStored())
                        .convert(checkpoint, target, (tensor, done, total) -> {
                            throw new IllegalStateException("stop");
                        }))
                .hasMessage("stop");
        try (Stream<Path> files = Files.list(target.getParent())) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void progressCountsEveryByteOnce() throws IOException {
        List<Long> written = new ArrayList<>();
        new CheckpointConversion(MODEL.shapes(), TypePolicy.asStored())
                .convert(MODEL.legacy(folder.resolve("c")), folder.resolve("t"), (tensor, done, total) -> {
                    assertThat(total).isEqualTo(16 + 2 + 4 + 8 + 4 + 16);
                    written.add(done);
                });
        assertThat(written).isSorted().endsWith(50L).hasSize(6);
    }

    private SafetensorsFile convert(TypePolicy types) throws IOException {
        Path checkpoint = folder.resolve("checkpoint" + types.hashCode());
        Path target = folder.resolve("weights" + types.hashCode());
        new CheckpointConversion(MODEL.shapes(), types)
                .convert(MODEL.zip(checkpoint, false), target, (tensor, done, total) -> {});
        return SafetensorsFile.open(target);
    }
}
