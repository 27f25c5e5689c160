package dev.segue.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Pcm16Test {

    @Test
    void samplesAreFlooredAndNotRounded() {
        assertThat(Pcm16.of(new float[] {0.9f / 32768, -0.1f / 32768, -1.5f / 32768}))
                .containsExactly((short) 0, (short) -1, (short) -2);
    }

    @Test
    void samplesBeyondFullScaleAreClipped() {
        assertThat(Pcm16.of(new float[] {1, 7, -1, -7, Float.POSITIVE_INFINITY}))
                .containsExactly((short) 32767, (short) 32767, (short) -32768, (short) -32768, (short) 32767);
    }

    @Test
    void whatIsNoNumberIsSilent() {
        assertThat(Pcm16.of(new float[] {Float.NaN})).containsExactly((short) 0);
    }
}
