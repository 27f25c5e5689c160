package dev.segue.worker.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Level;
import dev.segue.worker.sampling.Sampling;
import dev.segue.worker.sampling.WindowJob;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class WindowJobsTest {
    private static final Level TOP = new Level(1, 32, 64, 8, 0);
    private static final Level BOTTOM = new Level(0, 8, 64, 32, 4);

    @Test
    void aTaskIsTheWindowThatItDescribes() {
        WindowJob job = job(BOTTOM, sample -> {});
        assertThat(job.window().level()).isZero();
        assertThat(job.window().span()).isEqualTo(new CodeRange(32, 96));
        assertThat(job.window().context()).isEqualTo(new CodeRange(32, 34));
        assertThat(job.window().added()).isEqualTo(new CodeRange(34, 39));
        assertThat(job.window().condition()).isEqualTo(new CodeRange(8, 24));
        assertThat(job.known()).containsExactly(3, 4);
        assertThat(job.above()).hasSize(16);
        assertThat(job.y()).isNull();
        assertThat(job.sampling()).isEqualTo(new Sampling(0.5, 7, 0));
        assertThat(job.seed()).isEqualTo(9);
    }

    @Test
    void theTopLevelHasNoCondition() {
        WindowJob job = job(TOP, sample -> sample.setCondition(null));
        assertThat(job.window().condition()).isNull();
        assertThat(job.above()).isNull();
    }

    @Test
    void whatContradictsTheModelIsRefused() {
        assertRefused(BOTTOM, sample -> sample.setStart(-4), "start is -4 but must be at least 0");
        assertRefused(BOTTOM, sample -> sample.setStart(33), "window start 33");
        assertRefused(BOTTOM, sample -> sample.setStart(Integer.MAX_VALUE - 3), "overflow");
        assertRefused(BOTTOM, sample -> sample.setNewCodes(0), "newCodes is 0 but must be from 1 to 62");
        assertRefused(BOTTOM, sample -> sample.setNewCodes(63), "newCodes is 63 but must be from 1 to 62");
        assertRefused(BOTTOM, sample -> sample.setContext(ByteBuffer.allocate(128)), "context has 64 codes");
        assertRefused(BOTTOM, sample -> sample.setContext(ByteBuffer.allocate(3)), "codes take 3 bytes");
        assertRefused(BOTTOM, sample -> sample.setCondition(null), "condition is missing");
        assertRefused(BOTTOM, sample -> sample.setCondition(ByteBuffer.allocate(2)), "above has 1 codes");
        assertRefused(TOP, sample -> {}, "condition is given");
        assertRefused(
                BOTTOM,
                sample -> sample.setSampling(LevelSampling.newBuilder()
                        .setLevel(0)
                        .setTemperature(Double.NaN)
                        .build()),
                "temperature is NaN");
    }

    private static void assertRefused(Level level, Consumer<SampleWindow.Builder> change, String message) {
        assertThatThrownBy(() -> job(level, change))
                .isInstanceOfAny(IllegalArgumentException.class, ArithmeticException.class)
                .hasMessageContaining(message);
    }

    private static WindowJob job(Level level, Consumer<SampleWindow.Builder> change) {
        SampleWindow.Builder sample = SampleWindow.newBuilder()
                .setWindow(1)
                .setStart(32)
                .setContext(WindowTasks.bytes(new int[] {3, 4}))
                .setNewCodes(5)
                .setCondition(WindowTasks.bytes(new int[16]))
                .setSampling(LevelSampling.newBuilder()
                        .setLevel(0)
                        .setTemperature(0.5)
                        .setTopK(7)
                        .build())
                .setSeed(9);
        change.accept(sample);
        WindowTask task = WindowTasks.task("tiny", "0".repeat(64), "song", level.number())
                .setSample(sample.build())
                .setKind(WindowTaskKind.SAMPLE)
                .build();
        return WindowJobs.of(task, level, Optional.empty());
    }
}
