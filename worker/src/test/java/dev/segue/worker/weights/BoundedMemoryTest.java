package dev.segue.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundedMemoryTest {
    private static final long FLOATS_OF_600_MB = 150_000_000;
    private static final long FLOATS_OF_11_GB = 2_750_000_000L;

    @TempDir
    private Path folder;

    @Test
    void aLegacyCheckpointOf600MegabytesIsImportedWith64MegabytesOfHeap() throws Exception {
        Path file = CheckpointFile.ofFloats(FLOATS_OF_600_MB).legacy(folder.resolve("checkpoint"));
        importInOwnProcess(file, "64m", FLOATS_OF_600_MB);
    }

    @Test
    void aZipCheckpointOf600MegabytesIsImportedWith64MegabytesOfHeap() throws Exception {
        Path file = CheckpointFile.ofFloats(FLOATS_OF_600_MB).zip(folder.resolve("checkpoint"), true);
        importInOwnProcess(file, "64m", FLOATS_OF_600_MB);
    }

    @Test
    @Tag("long")
    void aLegacyCheckpointOf11GigabytesIsImportedWith512MegabytesOfHeap() throws Exception {
        Path file = CheckpointFile.ofFloats(FLOATS_OF_11_GB).legacy(folder.resolve("checkpoint"));
        importInOwnProcess(file, "512m", FLOATS_OF_11_GB);
    }

    @Test
    @Tag("long")
    void aZipCheckpointOf11GigabytesIsImportedWith512MegabytesOfHeap() throws Exception {
        Path file = CheckpointFile.ofFloats(FLOATS_OF_11_GB).zip(folder.resolve("checkpoint"), true);
        importInOwnProcess(file, "512m", FLOATS_OF_11_GB);
    }

    private void importInOwnProcess(Path checkpoint, String heap, long floats)
            throws IOException, InterruptedException {
        Path target = folder.resolve("weights");
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:MaxDirectMemorySize=16m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ImportUnderSmallHeap.class.getName(),
                        checkpoint.toString(),
                        target.toString(),
                        "F32")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor()).as(Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
        System.out.println(checkpoint.getFileName() + " of " + Files.size(checkpoint) + " bytes under -Xmx" + heap
                + ": " + Files.readString(output, StandardCharsets.UTF_8).replaceAll("\\s+", " "));
        long bytes = SafetensorsFile.open(target).tensors().values().stream()
                .mapToLong(TensorInfo::bytes)
                .sum();
        assertThat(bytes).isEqualTo(4 * floats);
    }
}
