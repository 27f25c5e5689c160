package dev.segue.worker.evaluation;

/** How loud a mono sound is and how long it is silent. */
public final class Loudness {
    /** What silence is looked for in, one after the other. */
    public static final double FRAME_SECONDS = 0.05;

    /** Of a sound that is zero throughout. */
    public static final double SILENCE_DB = -120;

    private Loudness() {}

    /** Root of the mean square, in decibels against that of a square wave of full scale; at least {@link #SILENCE_DB}. */
    public static double decibels(float[] sound) {
        return decibels(sound, 0, sound.length);
    }

    private static double decibels(float[] sound, int from, int to) {
        double power = 0;
        for (int i = from; i < to; i++) {
            power += (double) sound[i] * sound[i];
        }
        return Math.max(SILENCE_DB, 10 * Math.log10(power / Math.max(1, to - from)));
    }

    /**
     * Seconds of the longest run of frames that are all softer than a limit; what is left of a frame at the end counts as
     * part of the last one.
     *
     * @param limit in decibels
     */
    public static double longestSilence(float[] sound, int sampleRate, double limit) {
        int frame = (int) Math.max(1, Math.round(FRAME_SECONDS * sampleRate));
        int longest = 0;
        int run = 0;
        for (int start = 0; start + frame <= sound.length; start += frame) {
            boolean last = start + 2 * frame > sound.length;
            int end = last ? sound.length : start + frame;
            run = decibels(sound, start, end) < limit ? run + end - start : 0;
            longest = Math.max(longest, run);
        }
        return longest / (double) sampleRate;
    }
}
