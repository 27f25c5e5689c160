package dev.segue.worker.assembly;

import dev.segue.worker.jukebox.StreamedEncoder;
import dev.segue.worker.sound.SoundReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The sound of a prompt as the model hears it, in a file: fetching it may be slow, and the thread that owns the VQ-VAE
 * waits for nobody.
 *
 * @param file samples as 32-bit floats
 * @param count how many
 * @param ended whether that is all of the sound
 */
record PromptSamples(Path file, long count, boolean ended) {
    private static final int PIECE = 1 << 14;

    /** Reads at most so many samples. */
    static PromptSamples read(SoundReader reader, long most, Path file) throws IOException {
        long count = 0;
        ByteBuffer bytes = ByteBuffer.allocate(PIECE * Float.BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            while (count < most) {
                float[] piece = new float[(int) Math.min(PIECE, most - count)];
                int read = reader.read(piece);
                if (read == 0) {
                    return new PromptSamples(file, count, true);
                }
                bytes.clear().asFloatBuffer().put(piece, 0, read);
                bytes.limit(read * Float.BYTES);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                count += read;
            }
        }
        return new PromptSamples(file, count, false);
    }

    /** Hands all of them to an encoder, and says if that was all of the sound. */
    void encode(StreamedEncoder encoder) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(PIECE * Float.BYTES);
        float[] piece = new float[PIECE];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long done = 0; done < count; ) {
                int now = (int) Math.min(PIECE, count - done);
                bytes.clear().limit(now * Float.BYTES);
                while (bytes.hasRemaining()) {
                    if (channel.read(bytes) < 0) {
                        throw new IOException(file + " ends after " + done + " of " + count + " samples");
                    }
                }
                bytes.flip().asFloatBuffer().get(piece, 0, now);
                encoder.write(piece, now);
                done += now;
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("the prompt is no longer wanted");
                }
            }
        }
        if (ended) {
            encoder.finish();
        }
    }
}
