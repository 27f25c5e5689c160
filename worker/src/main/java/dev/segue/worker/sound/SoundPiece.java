package dev.segue.worker.sound;

import dev.segue.worker.audio.SampleDepth;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A range of a song as a mono FLAC file of ours, which is read back sample for sample. Owned by one thread. */
public final class SoundPiece implements Closeable {
    private final FlacStream stream;
    private final SampleDepth depth;

    private SoundPiece(FlacStream stream, SampleDepth depth) {
        this.stream = stream;
        this.depth = depth;
    }

    /**
     * Writes a piece.
     *
     * @param sound of [−1, 1), rounded down and clipped
     * @param sampleRate in Hz
     */
    public static void write(Path file, float[] sound, int sampleRate, SampleDepth depth, SoundTags tags)
            throws IOException {
        try (FlacWriter writer = FlacWriter.create(file, sampleRate, depth, tags)) {
            writer.write(sound, sound.length);
            writer.finish();
        }
    }

    /**
     * Begins to read a piece.
     *
     * @param name what errors call it
     * @param in its bytes; owned by the piece from now on
     * @throws SoundException if it is damaged or none that {@link #write} makes
     */
    public static SoundPiece open(String name, InputStream in) throws IOException {
        try {
            FlacStream stream = FlacStream.open(name, new BufferedInputStream(in));
            SoundFormat format = stream.format();
            boolean known = format.bits() == SampleDepth.BITS_16.bits() || format.bits() == SampleDepth.BITS_24.bits();
            if (format.channels() != 1 || !known || format.frames() == SoundFormat.UNKNOWN) {
                throw new SoundException.Unsupported(
                        name,
                        format.channels() + " channels of " + format.bits() + " bits",
                        "pieces of one channel, 16 or 24 bits and known length");
            }
            return new SoundPiece(stream, SampleDepth.of(format.bits()));
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** In Hz. */
    public int sampleRate() {
        return stream.format().sampleRate();
    }

    /** Of its samples. */
    public SampleDepth depth() {
        return depth;
    }

    /** How many samples it has. */
    public long samples() {
        return stream.format().frames();
    }

    /**
     * Reads its next samples.
     *
     * @return how many, as many as fit unless it ends; 0 at its end
     * @throws SoundException if it is damaged
     */
    public int read(int[] into) throws IOException {
        return stream.readSamples(into);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
