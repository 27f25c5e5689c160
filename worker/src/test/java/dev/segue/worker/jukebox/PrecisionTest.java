package dev.segue.worker.jukebox;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

/** Which device computes in which precision. */
class PrecisionTest {
    @Test
    void aCpuComputesInAllButTheHalvesOfGpus() {
        assertThatCode(() -> Precision.FLOAT32.require(Device.cpu())).doesNotThrowAnyException();
        assertThatCode(() -> Precision.BFLOAT16.require(Device.cpu())).doesNotThrowAnyException();
        assertThatThrownBy(() -> Precision.FLOAT16.require(Device.cpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("FLOAT16 on a CPU")
                .hasMessageContaining("choose FLOAT16_WEIGHTS, FLOAT32 or BFLOAT16");
    }

    @Test
    void weightsInFloat16AreForCpusOnly() {
        assertThatCode(() -> Precision.FLOAT16.require(Device.gpu())).doesNotThrowAnyException();
        assertThatThrownBy(() -> Precision.FLOAT16_WEIGHTS.require(Device.gpu()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only CPUs of x86-64")
                .hasMessageContaining("choose FLOAT16 on a GPU");
    }
}
