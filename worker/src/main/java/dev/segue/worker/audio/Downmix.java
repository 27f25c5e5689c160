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

    /** Of interleaved samples: one channel stays as it is, two are mixed evenly. */
    public static float[] mono(float[] interleaved, int channels) {
        if (channels == 1) {
            return interleaved.clone();
        }
        if (channels != 2 || interleaved.length % 2 != 0) {
            throw new IllegalArgumentException(interleaved.length + " samples of " + channels
                    + " channels; only whole frames of one or two channels can be mixed to mono");
        }
        float[] mono = new float[interleaved.length / 2];
        for (int i = 0; i < mono.length; i++) {
            mono[i] = EVEN * interleaved[2 * i] + (1 - EVEN) * interleaved[2 * i + 1];
        }
        return mono;
    }
}
