package dev.segue.worker.audio;

/** Stereo to mono (specification §11.1). */
public final class Downmix {
    /** As much of the left channel as of the right. */
    public static final float EVEN = 0.5f;

    private Downmix() {}

    /** mix · left + (1 − mix) · right, sample by sample. */
    public static float[] mono(float[] left, float[] right, float mix) {
        if (left.length != right.length) {
            throw new IllegalArgumentException("the left channel has " + left.length + " samples and the right "
                    + right.length + "; pass channels of one length");
        }
        float[] mono = new float[left.length];
        for (int i = 0; i < mono.length; i++) {
            mono[i] = mix * left[i] + (1 - mix) * right[i];
        }
        return mono;
    }

    /**
     * Of interleaved samples: one channel stays as it is, two are mixed evenly, and of more every channel counts alike.
     */
    public static float[] mono(float[] interleaved, int channels) {
        return mono(interleaved, channels, EVEN);
    }

    /** The same with two channels mixed as {@link #mono(float[], float[], float)} mixes them. */
    public static float[] mono(float[] interleaved, int channels, float mix) {
        if (channels < 1 || interleaved.length % channels != 0) {
            throw new IllegalArgumentException(interleaved.length + " samples of " + channels
                    + " channels; only whole frames of at least one channel can be mixed to mono");
        }
        float[] mono = new float[interleaved.length / channels];
        for (int i = 0; i < mono.length; i++) {
            mono[i] = mono(interleaved, i * channels, channels, mix);
        }
        return mono;
    }

    private static float mono(float[] interleaved, int from, int channels, float mix) {
        if (channels == 1) {
            return interleaved[from];
        }
        if (channels == 2) {
            return mix * interleaved[from] + (1 - mix) * interleaved[from + 1];
        }
        double sum = 0;
        for (int channel = 0; channel < channels; channel++) {
            sum += interleaved[from + channel];
        }
        return (float) (sum / channels);
    }
}
