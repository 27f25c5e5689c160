package dev.segue.worker.audio;

/** Sound as 16-bit integers, as the original's writer makes them. */
public final class Pcm16 {
    private static final float FULL_SCALE = 32768;

    private Pcm16() {}

    /**
     * clip(⌊x · 32768⌋, −32768, 32767) for each sample (specification §9.4): floor, not rounding. A sample that is no
     * number becomes silence.
     */
    public static short[] of(float[] sound) {
        short[] samples = new short[sound.length];
        for (int i = 0; i < sound.length; i++) {
            double floor = Math.floor(sound[i] * FULL_SCALE);
            samples[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, floor));
        }
        return samples;
    }
}
