package dev.segue.worker.codes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.window.CodeRange;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.weights.SafetensorsWriter;
import dev.segue.worker.weights.TensorSpec;
import dev.segue.worker.weights.TensorType;
import dev.segue.worker.weights.WeightsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodesFileTest {
    @TempDir
    Path folder;

    @Test
    void piecesBecomeTheSameFileAsTheWholeSong() throws IOException {
        int[] fine = new Random(1).ints(40_000, 0, 65_536).toArray();
        int[] coarse = new Random(2).ints(10_000, 0, 2_048).toArray();
        CodesFile.write(folder.resolve("whole.safetensors"), SongCodes.of(List.of(fine, coarse)));
        try (CodesWriter writer =
                CodesWriter.create(folder.resolve("pieces.safetensors"), List.of(fine.length, coarse.length))) {
            assertThat(writer.add(1, "level 1", raw(coarse))).isEqualTo(coarse.length);
            writer.add(0, "first", raw(Arrays.copyOf(fine, 17_777)));
            writer.add(0, "second", raw(Arrays.copyOfRange(fine, 17_777, fine.length)));
            writer.finish();
        }

        assertThat(folder.resolve("pieces.safetensors")).hasSameBinaryContentAs(folder.resolve("whole.safetensors"));
        CodesFile file = CodesFile.open(folder.resolve("pieces.safetensors"), 2);
        assertThat(file.range(0, new CodeRange(17_000, 18_000))).isEqualTo(Arrays.copyOfRange(fine, 17_000, 18_000));
        assertThat(file.range(1, new CodeRange(0, 10_000))).isEqualTo(coarse);
        assertThat(file.range(1, new CodeRange(5, 5))).isEmpty();
        assertThatThrownBy(() -> file.range(1, new CodeRange(0, 10_001))).hasMessageContaining("only 10000 exist");
        assertThat(CodesFile.read(folder.resolve("pieces.safetensors"), 2).level(0))
                .isEqualTo(fine);
    }

    @Test
    void aSongThatIsNotWholeIsNoFile() throws IOException {
        Path path = folder.resolve("song.safetensors");
        try (CodesWriter writer = CodesWriter.create(path, List.of(4))) {
            writer.add(0, "piece", raw(new int[] {1, 2, 3}));
            assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> writer.add(0, "long", raw(new int[2]))).hasMessageContaining("level.0");
            assertThatThrownBy(() -> writer.add(0, "odd", new ByteArrayInputStream(new byte[3])))
                    .hasMessageContaining("odd has 3 bytes, but codes take 2 each");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void filesOfOtherThingsAreRefused() throws IOException {
        Path floats = folder.resolve("floats.safetensors");
        try (SafetensorsWriter writer =
                SafetensorsWriter.create(floats, List.of(new TensorSpec("level.0", TensorType.F32, List.of(1L))))) {
            writer.write("level.0", ByteBuffer.allocate(4));
            writer.commit();
        }
        Path negative = folder.resolve("negative.safetensors");
        try (CodesWriter writer = CodesWriter.create(negative, List.of(2))) {
            writer.add(0, new int[] {1, -1});
            writer.finish();
        }

        assertThatThrownBy(() -> CodesFile.open(floats, 1))
                .isInstanceOf(WeightsException.Mismatch.class)
                .hasMessageContaining("codes are I64 of one axis");
        assertThatThrownBy(() -> CodesFile.open(negative, 3)).hasMessageContaining("1 levels, but the model has 3");
        assertThatThrownBy(() -> CodesFile.open(negative, 1).range(0, new CodeRange(0, 2)))
                .hasMessageContaining("code 1 of level 0 is -1");
    }

    private static InputStream raw(int[] codes) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * codes.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int code : codes) {
            bytes.putShort((short) code);
        }
        return new ByteArrayInputStream(bytes.array());
    }
}
