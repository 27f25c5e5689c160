package dev.segue.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SampleDepthTest {
    @Test
    void samplesAreRoundedDownAndClippedAtEitherDepth() {
        assertThat(SampleDepth.BITS_16.quantise(-0.5f / 32768)).isEqualTo(-1);
        assertThat(SampleDepth.BITS_16.quantise(1.5f / 32768)).isEqualTo(1);
        assertThat(SampleDepth.BITS_24.quantise(-0.5f / (1 << 23))).isEqualTo(-1);
        for (SampleDepth depth : SampleDepth.values()) {
            assertThat(depth.quantise(1f)).isEqualTo((1 << (depth.bits() - 1)) - 1);
            assertThat(depth.quantise(Float.NEGATIVE_INFINITY)).isEqualTo(-(1 << (depth.bits() - 1)));
            assertThat(depth.quantise(Float.NaN)).isZero();
        }
    }

    @Test
    void a24BitSampleWithoutItsLowestByteIsThe16BitOne() {
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            float sample = (float) random.nextGaussian() * 0.6f;
            int deep = SampleDepth.BITS_24.quantise(sample);
            assertThat(SampleDepth.BITS_24.truncate(deep, SampleDepth.BITS_16))
                    .isEqualTo(SampleDepth.BITS_16.quantise(sample));
        }
    }

    @Test
    void bitsThatAreNotThereAreNotInvented() {
        assertThatThrownBy(() -> SampleDepth.BITS_16.truncate(1, SampleDepth.BITS_24))
                .hasMessageContaining("cannot become one of 24");
        assertThatThrownBy(() -> SampleDepth.of(20)).hasMessageContaining("only 16 and 24");
    }
}
