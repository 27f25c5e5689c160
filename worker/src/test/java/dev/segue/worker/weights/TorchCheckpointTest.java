package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.worker.weights.CheckpointFile.Storage;
import dev.segue.worker.weights.CheckpointFile.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchCheckpointTest {
    private static final CheckpointFile SMALL = new CheckpointFile(
            List.of(Storage.floats("0", 0, 1, 2, 3, 4, 5), Storage.floats("1", 9)),
            List.of(
                    new Tensor("module.whole", "0", 0, List.of(2L, 3L), List.of(3L, 1L)),
                    new Tensor("module.transposed", "0", 0, List.of(3L, 2L), List.of(1L, 3L)),
                    new Tensor("module.tail", "0", 4, List.of(2L), List.of(1L)),
                    new Tensor("module.every_other", "0", 1, List.of(3L), List.of(2L)),
                    new Tensor("module.expanded", "1", 0, List.of(2L, 2L), List.of(0L, 0L)),
                    new Tensor("module.scalar", "0", 5, List.of(), List.of()),
                    new Tensor("module.empty", "0", 6, List.of(0L, 4L), List.of(4L, 1L))),
            99);

    @TempDir
    private Path folder;

    @Test
    void offsetsStridesAndSharedStoragesAreHonouredInBothContainers() throws IOException {
        for (Path file : List.of(
                SMALL.legacy(folder.resolve("legacy")),
                SMALL.zip(folder.resolve("zip"), false),
                SMALL.zip(folder.resolve("zip64"), true))) {
            try (TorchCheckpoint checkpoint = TorchCheckpoint.open(file)) {
                assertThat(checkpoint.step()).contains(99L);
                assertThat(checkpoint.model().keySet())
                        .containsExactly("whole", "transposed", "tail", "every_other", "expanded", "scalar", "empty");
                assertThat(floats(checkpoint, "whole")).containsExactly(0f, 1f, 2f, 3f, 4f, 5f);
                assertThat(floats(checkpoint, "transposed")).containsExactly(0f, 3f, 1f, 4f, 2f, 5f);
                assertThat(floats(checkpoint, "tail")).containsExactly(4f, 5f);
                assertThat(floats(checkpoint, "every_other")).containsExactly(1f, 3f, 5f);
                assertThat(floats(checkpoint, "expanded")).containsExactly(9f, 9f, 9f, 9f);
                assertThat(floats(checkpoint, "scalar")).containsExactly(5f);
                assertThat(floats(checkpoint, "empty")).isEmpty();
            }
        }
    }

    @Test
    void aLegacyStorageMayBeAViewOfAnother() throws IOException {
        byte[] plain = Files.readAllBytes(
                new CheckpointFile(List.of(Storage.floats("0", 1, 2, 3, 4)), List.of(Tensor.row("t", "0", 2)), 0)
                        .legacy(folder.resolve("plain")));
        PickleBytes view = new PickleBytes().op('(').text("v").whole(1).whole(2).op('t');
        byte[] withoutProtocol = view.end();
        // The reference ends with None for "the whole storage"; here it ends with the tuple of a view.
        Path file = folder.resolve("view");
        int none = new String(plain, StandardCharsets.ISO_8859_1).indexOf("NtQ");
        byte[] bytes = new byte[plain.length - 1 + withoutProtocol.length - 3];
        System.arraycopy(plain, 0, bytes, 0, none);
        System.arraycopy(withoutProtocol, 2, bytes, none, withoutProtocol.length - 3);
        System.arraycopy(plain, none + 1, bytes, none + withoutProtocol.length - 3, plain.length - none - 1);
        Files.write(file, bytes);
        try (TorchCheckpoint checkpoint = TorchCheckpoint.open(file)) {
            assertThat(floats(checkpoint, "t")).containsExactly(2f, 3f);
        }
        bytes[none + 1 + 6 + 2] = 3; // from element 3 of 4, two
        Files.write(file, bytes);
        assertThatThrownBy(() -> readAll(file))
                .isInstanceOf(WeightsException.Malformed.class)
                .hasMessageContaining("a view of 2 elements from 3 leaves storage 0 of 4");
    }

    @Test
    void aTransposedTensorLargerThanOnePieceIsGatheredWhole() throws IOException {
        int rows = 1500;
        int columns = 700;
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        CheckpointFile big = new CheckpointFile(
                List.of(Storage.floats("0", values)),
                List.of(new Tensor("t", "0", 0, List.of((long) columns, (long) rows), List.of(1L, (long) columns))),
                0);
        try (TorchCheckpoint checkpoint = TorchCheckpoint.open(big.legacy(folder.resolve("big")))) {
            List<Float> read = floats(checkpoint, "t");
            assertThat(read).hasSize(values.length);
            assertThat(read.get(rows + 3)).isEqualTo(3f * columns + 1);
            assertThat(read.get(values.length - 1)).isEqualTo(values.length - 1f);
        }
    }

    @Test
    void everyTruncationOfALegacyFileIsOneClearError() throws IOException {
        everyTruncationIsOneClearError(SMALL.legacy(folder.resolve("file")));
    }

    @Test
    void everyTruncationOfAZipFileIsOneClearError() throws IOException {
        everyTruncationIsOneClearError(SMALL.zip(folder.resolve("file"), true));
    }

    private void everyTruncationIsOneClearError(Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        Path cut = folder.resolve("cut");
        for (int length = 0; length < whole.length; length++) {
            // Some file systems flush a file that is overwritten, but not one that is made anew.
            Files.deleteIfExists(cut);
            Files.write(cut, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> readAll(cut))
                    .as("%s bytes", length)
                    .isInstanceOf(WeightsException.class)
                    .hasMessageStartingWith(cut.toString());
        }
    }

    @Test
    void damagedBytesGiveAnErrorOrOtherNumbersButNothingElse() throws IOException {
        Random random = new Random(1);
        List<Path> files = List.of(SMALL.legacy(folder.resolve("legacy")), SMALL.zip(folder.resolve("zip"), true));
        List<byte[]> sound = List.of(Files.readAllBytes(files.get(0)), Files.readAllBytes(files.get(1)));
        Path damaged = folder.resolve("damaged");
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = sound.get(i % 2).clone();
            for (int flips = 0; flips <= i % 3; flips++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            Files.deleteIfExists(damaged);
            Files.write(damaged, bytes);
            try {
                readAll(damaged);
            } catch (WeightsException expected) {
                assertThat(expected).hasMessageStartingWith(damaged.toString());
            }
        }
    }

    @Test
    void aViewThatLeavesItsStorageIsRefused() throws IOException {
        List<Tensor> bad = List.of(
                new Tensor("t", "0", 1, List.of(2L), List.of(1L)),
                new Tensor("t", "0", 3, List.of(), List.of()),
                new Tensor("t", "0", 0, List.of(2L, 2L), List.of(1L)),
                new Tensor("t", "0", 0, List.of(1L << 40, 1L << 40), List.of(0L, 0L)),
                new Tensor("t", "0", 0, List.of(3L), List.of(1L << 62)));
        for (Tensor tensor : bad) {
            Path file = new CheckpointFile(List.of(Storage.floats("0", 1, 2)), List.of(tensor), 0)
                    .legacy(folder.resolve("bad" + bad.indexOf(tensor)));
            assertThatThrownBy(() -> readAll(file))
                    .isInstanceOf(WeightsException.Malformed.class)
                    .hasMessageContaining("does not fit storage 0 of 2 elements");
        }
    }

    @Test
    void aNegativeStrideIsRefused() throws IOException {
        Path file = new CheckpointFile(
                        List.of(Storage.floats("0", 1, 2)),
                        List.of(new Tensor("t", "0", 1, List.of(2L), List.of(-1L))),
                        0)
                .legacy(folder.resolve("file"));
        assertThatThrownBy(() -> readAll(file)).hasMessageContaining("the strides of t");
    }

    @Test
    void oneNameWithAndWithoutPrefixIsRefused() throws IOException {
        Path file = new CheckpointFile(
                        List.of(Storage.floats("0", 1)),
                        List.of(Tensor.row("module.a", "0", 1), Tensor.row("a", "0", 1)),
                        0)
                .legacy(folder.resolve("file"));
        assertThatThrownBy(() -> readAll(file))
                .isInstanceOf(WeightsException.Mismatch.class)
                .hasMessageContaining("module.a and a");
    }

    @Test
    void aStorageClassThatTorchDoesNotHaveIsRefused() throws IOException {
        Path file = new CheckpointFile(
                        List.of(new Storage("0", "EvilStorage", 4, 1, ByteBuffer.allocate(4))),
                        List.of(Tensor.row("a", "0", 1)),
                        0)
                .legacy(folder.resolve("file"));
        assertThatThrownBy(() -> readAll(file))
                .isInstanceOf(WeightsException.Unsupported.class)
                .hasMessageContaining("torch.EvilStorage");
    }

    @Test
    void aCompressedArchiveIsRefusedWithTheWayOut() throws IOException {
        Path file = folder.resolve("compressed");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[1000]);
        }
        assertThatThrownBy(() -> TorchCheckpoint.open(file))
                .isInstanceOf(WeightsException.Unsupported.class)
                .hasMessageContaining("archive/data.pkl is compressed");
    }

    @Test
    void anArchiveThatIsNoCheckpointIsRefused() throws IOException {
        Path file = folder.resolve("other");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.setMethod(ZipOutputStream.STORED);
            ZipEntry entry = new ZipEntry("readme.txt");
            entry.setSize(0);
            entry.setCrc(0);
            zip.putNextEntry(entry);
        }
        assertThatThrownBy(() -> TorchCheckpoint.open(file))
                .isInstanceOf(WeightsException.Malformed.class)
                .hasMessageContaining("0 entries <root>/data.pkl");
    }

    @Test
    void anErrorPageIsRefused() throws IOException {
        Path file = folder.resolve("page");
        Files.writeString(file, "<html>not found</html>");
        assertThatThrownBy(() -> TorchCheckpoint.open(file))
                .isInstanceOf(WeightsException.Malformed.class)
                .hasMessageContaining("neither a torch checkpoint nor a zip archive");
    }

    @Test
    void aBigEndianCheckpointIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(SMALL.legacy(folder.resolve("little")));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("little_endian");
        bytes[at + "little_endian".length()] = (byte) 0x89;
        Path file = folder.resolve("big");
        Files.write(file, bytes);
        assertThatThrownBy(() -> TorchCheckpoint.open(file))
                .isInstanceOf(WeightsException.Unsupported.class)
                .hasMessageContaining("little-endian");
    }

    @Test
    void aCheckpointWithoutModelIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(SMALL.legacy(folder.resolve("with")));
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("model");
        bytes[at] = 'M';
        Path file = folder.resolve("without");
        Files.write(file, bytes);
        assertThatThrownBy(() -> readAll(file))
                .isInstanceOf(WeightsException.Malformed.class)
                .hasMessageContaining("\"model\"");
    }

    @Test
    void aMissingFileSaysSo() {
        assertThatThrownBy(() -> TorchCheckpoint.open(folder.resolve("absent")))
                .isInstanceOf(WeightsException.Missing.class)
                .hasMessageContaining("there is no file");
    }

    private static void readAll(Path file) throws IOException {
        try (TorchCheckpoint checkpoint = TorchCheckpoint.open(file)) {
            for (TorchTensor tensor : checkpoint.model().values()) {
                if (tensor.elements() < 1000) {
                    checkpoint.read(tensor, tensor.storage().type(), piece -> {});
                }
            }
            assertThat(checkpoint.step()).isNotNull();
        }
    }

    private static List<Float> floats(TorchCheckpoint checkpoint, String name) throws IOException {
        List<Float> floats = new ArrayList<>();
        checkpoint.read(checkpoint.model().get(name), TensorType.F32, piece -> {
            ByteBuffer little = piece.duplicate().order(ByteOrder.LITTLE_ENDIAN);
            while (little.hasRemaining()) {
                floats.add(little.getFloat());
            }
        });
        return floats;
    }
}
