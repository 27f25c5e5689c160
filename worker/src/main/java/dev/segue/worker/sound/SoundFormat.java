package dev.segue.worker.sound;

/**
 * How sound is stored.
 *
 * @param sampleRate frames per second
 * @param channels samples per frame
 * @param bits of a sample
 * @param frames as many as the header promises, or {@link #UNKNOWN}
 */
public record SoundFormat(int sampleRate, int channels, int bits, long frames) {
    /** The length of what is written while it sounds. */
    public static final long UNKNOWN = -1;

    private static final int LEAST_RATE = 4_000;
    private static final int MOST_RATE = 384_000;
    private static final int MOST_CHANNELS = 32;

    /** A format that a header of the file {@code name} claims, in the bounds of what sound can be. */
    static SoundFormat claimed(String name, long sampleRate, int channels, int bits, long frames)
            throws SoundException {
        if (sampleRate < LEAST_RATE || sampleRate > MOST_RATE) {
            throw new SoundException.OutOfRange(name, "a sample rate", sampleRate, LEAST_RATE, MOST_RATE);
        }
        if (channels < 1 || channels > MOST_CHANNELS) {
            throw new SoundException.OutOfRange(name, "a number of channels", channels, 1, MOST_CHANNELS);
        }
        return new SoundFormat((int) sampleRate, channels, bits, frames);
    }
}
