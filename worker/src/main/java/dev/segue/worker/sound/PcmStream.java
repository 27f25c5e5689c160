package dev.segue.worker.sound;

import java.io.Closeable;
import java.io.IOException;

/** Decoded sound, frame after frame. Owned by one thread. */
sealed interface PcmStream extends Closeable permits FlacStream, WavStream {
    /** How it is stored. */
    SoundFormat format();

    /**
     * Reads the next frames, interleaved, in [−1, 1) unless it is stored as float.
     *
     * @return how many frames, as many as fit unless the sound ends; 0 at its end
     * @throws SoundException if the file is damaged
     */
    int read(float[] interleaved) throws IOException;
}
