package dev.segue.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a segue serve leaves for other commands of its machine. */
class RunningServeTest {
    @TempDir
    private Path data;

    @Test
    void whatALivingProcessLeftIsFoundAndOnlyItsOwnerMayReadIt() throws IOException {
        RunningServe.leave(data, Map.of("SEGUE_REGISTRY_URL", "http://127.0.0.1:8081"));

        assertThat(RunningServe.find(data)).isEqualTo(Map.of("SEGUE_REGISTRY_URL", "http://127.0.0.1:8081"));
        assertThat(Files.getPosixFilePermissions(RunningServe.file(data)).toString())
                .doesNotContain("GROUP", "OTHERS");
    }

    @Test
    void whereNoneRunsItIsSaidHowToStartOne() {
        assertThatThrownBy(() -> RunningServe.find(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no segue serve runs on " + data);
    }

    @Test
    void whatADeadProcessLeftIsNotTakenForALivingOne() throws IOException {
        RunningServe.leave(data, Map.of());
        Path file = RunningServe.file(data);
        // The same number as this living process, started at another time: numbers are used again.
        Files.writeString(file, Files.readString(file).replaceAll("started=.*", "started=1999"));

        assertThatThrownBy(() -> RunningServe.find(data))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is gone; start segue serve again");
    }
}
