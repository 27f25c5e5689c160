package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
    private static final List<TensorSpec> SPECS = List.of(
            new TensorSpec("half", TensorType.F16, List.of(3L)),
            new TensorSpec("bytes", TensorType.U8, List.of(1L)),
            new TensorSpec("double", TensorType.F64, List.of()),
            new TensorSpec("float", TensorType.F32, List.of(1L, 2L)));

    @TempDir
    private Path folder;

    @Test
    void whatWasWrittenInPiecesAndInAnyOrderIsRead() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, SPECS)) {
            writer.write("half", bytes(1, 2));
            writer.write("float", bytes(10, 11, 12, 13, 14, 15, 16, 17));
            writer.write("half", bytes(3, 4, 5, 6));
            writer.write("double", bytes(0, 0, 0, 0, 0, 0, 0, 0));
            writer.write("bytes", bytes(7));
            assertThat(file).doesNotExist();
            writer.commit();
        }
        SafetensorsFile read = SafetensorsFile.open(file);
        assertThat(read.map("half")).isEqualTo(bytes(1, 2, 3, 4, 5, 6));
        assertThat(read.map("bytes")).isEqualTo(bytes(7));
        assertThat(read.tensors().get("float").shape()).containsExactly(1L, 2L);
        assertThat(names()).containsExactly("weights.safetensors");
    }

    @Test
    void everyTensorBeginsAlignedToItsType() throws IOException {
        for (int length = 1; length < 10; length++) {
            TensorSpec odd = new TensorSpec("n".repeat(length), TensorType.U8, List.of(3L));
            Path file = folder.resolve("weights");
            try (SafetensorsWriter writer = SafetensorsWriter.create(
                    file, Stream.concat(Stream.of(odd), SPECS.stream()).toList())) {
                writer.tensors().values().forEach(tensor -> assertThat(
                                tensor.position() % tensor.type().bytes())
                        .isZero());
                assertThat(writer.tensors().get("double").position() % 8).isZero();
            }
        }
    }

    @Test
    void anUnfinishedFileLeavesNothingAndTheOldOneStays() throws IOException {
        Path file = folder.resolve("weights.safetensors");
        Files.writeString(file, "old");
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, SPECS)) {
            writer.write("half", bytes(1, 2));
            assertThatThrownBy(writer::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("has");
        }
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("weights.safetensors");
    }

    @Test
    void moreBytesThanDeclaredAreRefused() throws IOException {
        try (SafetensorsWriter writer = SafetensorsWriter.create(folder.resolve("weights"), SPECS)) {
            assertThatThrownBy(() -> writer.write("bytes", bytes(1, 2)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("tensor bytes has 1 bytes, but 2 were given");
            assertThatThrownBy(() -> writer.write("other", bytes(1))).hasMessageContaining("was not declared");
        }
    }

    @Test
    void aNameMayBeDeclaredOnlyOnce() throws IOException {
        assertThatThrownBy(
                        () -> SafetensorsWriter.create(folder.resolve("weights"), List.of(SPECS.get(0), SPECS.get(0))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(names()).isEmpty();
    }

    @Test
    void aFolderThatCannotBeMadeIsATypedError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> SafetensorsWriter.create(file.resolve("weights"), SPECS))
                .isInstanceOf(WeightsException.NotWritable.class)
                .hasMessageContaining("choose another folder");
    }

    @Test
    void aFullDiskIsATypedErrorAndLeavesNothing() throws IOException {
        // The device that is always full; the platform's own way to meet a full disk.
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        try (var channel = FileChannel.open(full, StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> channel.write(bytes(1)))
                    .isInstanceOfSatisfying(IOException.class, e -> assertThat(LocalDisk.explain(full, e))
                            .isInstanceOf(WeightsException.NotWritable.class)
                            .hasMessageContaining("free space"));
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }
}
