package dev.segue.worker.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DownmixTest {

    @Test
    void aBlendTakesAsMuchOfTheLeftChannelAsItIsTold() {
        assertThat(Downmix.mono(new float[] {1, 0}, new float[] {0, 1}, 0.25f)).containsExactly(0.25f, 0.75f);
    }

    @Test
    void interleavedFramesAreMixedEvenly() {
        assertThat(Downmix.mono(new float[] {1, 0, 0.5f, 0.25f}, 2)).containsExactly(0.5f, 0.375f);
    }

    @Test
    void ofMoreThanTwoChannelsEachCountsAlike() {
        assertThat(Downmix.mono(new float[] {1, 0, 0.5f, 0, 0, 0.75f}, 3)).containsExactly(0.5f, 0.25f);
    }

    @Test
    void channelsThatDoNotMatchAreRefused() {
        assertThatThrownBy(() -> Downmix.mono(new float[2], new float[3], 0.5f)).hasMessageContaining("one length");
        assertThatThrownBy(() -> Downmix.mono(new float[7], 3)).hasMessageContaining("whole frames");
    }
}
