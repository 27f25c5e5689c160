package dev.segue.worker.audio;

/** Sound as 16-bit integers, as the original's writer makes them. */
public final class Pcm16 {
    private Pcm16() {}

    /**
     * clip(⌊x · 32768⌋, −32768, 32767) for each sample (specification §9.4): floor, not rounding. A sample that is no
     * number becomes silence.
     */
    public static short[] of(float[] sound) {
        short[] samples = new short[sound.length];
        for (int i = 0; i < sound.length; i++) {
            samples[i] = (short) SampleDepth.BITS_16.quantise(sound[i]);
        }
        return samples;
    }
}
