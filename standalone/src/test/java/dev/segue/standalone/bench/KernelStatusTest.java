package dev.segue.standalone.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelStatusTest {
    @TempDir
    Path folder;

    @Test
    void sizesAreReadInBytes() throws IOException {
        Path status = Files.writeString(
                folder.resolve("status"), "Name:\tjava\nVmHWM:\t  300 kB\nVmRSS:\t    200 kB\nThreads:\t3\n");
        assertThat(KernelStatus.bytes(status, "VmRSS")).hasValue(200 * 1024.0);
        assertThat(KernelStatus.bytes(status, "VmSwap")).isEmpty();
    }

    @Test
    void aSystemThatDoesNotSayIsReportedAsSuch() throws IOException {
        assertThat(KernelStatus.bytes(folder.resolve("none"), "VmRSS")).isEmpty();
        Map<String, Object> figures = new LinkedHashMap<>();
        new ResidentMemory(OptionalDouble.empty(), 3 << 20).report("", figures);
        assertThat(figures)
                .containsEntry("resident_megabytes", "unknown: this system has no /proc/self/status")
                .containsEntry("heap_megabytes", 3.0);
    }
}
