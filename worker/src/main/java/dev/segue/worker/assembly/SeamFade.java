package dev.segue.worker.assembly;

/**
 * How sound goes from what an earlier segment went on with, its tail, to what the later segment has in its place.
 *
 * <p>The weight of the tail's sound is 0 at both ends of the tail, so that outside it nothing changes and nothing clicks:
 * it rises to 1 within the first codes, an eighth of the tail or {@value #LONGEST_RISE} samples, and falls to 0 over the
 * rest. It falls in a straight line, not at equal power: both segments hear the same codes of the level above and so
 * play the same notes, and where two sounds are alike, weights that add up to 1 keep the loudness, while equal power
 * would raise it by 3 dB half-way. Pure.
 */
final class SeamFade {
    /** 5.8 ms at 44.1 kHz. */
    static final int LONGEST_RISE = 256;

    private static final int RISE_SHARE = 8;

    private final int samples;
    private final int rise;

    /** A fade over so many samples. */
    SeamFade(int samples) {
        if (samples < 1) {
            throw new IllegalArgumentException("a fade has " + samples + " samples but must have at least 1");
        }
        this.samples = samples;
        this.rise = Math.min(LONGEST_RISE, samples / RISE_SHARE);
    }

    /** The weight of the tail's sound at a sample, 0 for the first of the tail. */
    float weight(int sample) {
        if (sample < rise) {
            return (float) sample / rise;
        }
        return sample >= samples ? 0 : (float) (samples - sample) / (samples - rise);
    }

    /**
     * Fades in place.
     *
     * @param sound of the later segment, some stretch of a song
     * @param tail of the earlier segment, the same stretch
     * @param first which sample of the fade the stretch begins with
     */
    void mix(float[] sound, float[] tail, int from, int length, int first) {
        for (int i = 0; i < length; i++) {
            float weight = weight(first + i);
            if (weight > 0) {
                sound[from + i] += weight * (tail[i] - sound[from + i]);
            }
        }
    }
}
