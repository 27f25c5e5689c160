package dev.segue.worker.sound;

import dev.segue.worker.audio.SampleDepth;
import java.io.Closeable;
import java.io.IOException;

/**
 * A file that takes a song's samples in order. Closing before {@link #finish} leaves nothing. Owned by one thread.
 */
public sealed interface SampleSink extends Closeable permits FlacWriter, WavWriter, PeaksWriter {
    /** Of the samples that it takes. */
    SampleDepth depth();

    /** Adds the first {@code length} samples. */
    void write(int[] samples, int length) throws IOException;

    /**
     * Adds sound of [−1, 1), rounded down and clipped.
     *
     * @param length samples of it that are meant
     */
    default void write(float[] sound, int length) throws IOException {
        write(depth().quantise(sound, length), length);
    }

    /** Makes the file whole. */
    void finish() throws IOException;
}
