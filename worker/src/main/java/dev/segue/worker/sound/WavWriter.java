package dev.segue.worker.sound;

import dev.segue.worker.audio.SampleDepth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * Writes mono sound of a known length as a WAV file with a list of what it is, piece by piece. Closing before
 * {@link #finish} deletes the file. Owned by one thread.
 */
public final class WavWriter implements SampleSink {
    private static final int FORMAT_BYTES = 16;
    /** Lengths are unsigned 32-bit, and programs exist that read them as signed. */
    private static final long MOST_BYTES = Integer.MAX_VALUE - (1 << 16);

    private final UnfinishedFile file;
    private final SampleDepth depth;
    private final long samples;
    private long written;

    private WavWriter(UnfinishedFile file, SampleDepth depth, long samples) {
        this.file = file;
        this.depth = depth;
        this.samples = samples;
    }

    /**
     * Begins a file, replacing what is there.
     *
     * @param sampleRate in Hz
     * @param samples that will be written
     * @throws IllegalArgumentException if they are more than a WAV file can hold, 2 GiB
     */
    public static WavWriter create(Path target, int sampleRate, SampleDepth depth, long samples, SoundTags tags)
            throws IOException {
        if (samples < 0 || samples > MOST_BYTES / depth.bytes()) {
            throw new IllegalArgumentException(target + " would have " + samples + " samples, but a WAV file of "
                    + depth.bits() + " bits holds from 0 to " + MOST_BYTES / depth.bytes() + "; write FLAC instead");
        }
        UnfinishedFile file = UnfinishedFile.create(target);
        try {
            file.write(header(sampleRate, depth, samples, info(tags.infoChunks())));
            return new WavWriter(file, depth, samples);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static byte[] header(int sampleRate, SampleDepth depth, long samples, byte[] info) {
        int data = (int) samples * depth.bytes();
        ByteBuffer header =
                ByteBuffer.allocate(12 + 8 + FORMAT_BYTES + 8 + info.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF")).putInt(header.capacity() - 8 + data + data % 2);
        header.put(ascii("WAVEfmt ")).putInt(FORMAT_BYTES);
        header.putShort((short) 1).putShort((short) 1);
        header.putInt(sampleRate).putInt(sampleRate * depth.bytes());
        header.putShort((short) depth.bytes()).putShort((short) depth.bits());
        header.put(ascii("LIST")).putInt(info.length).put(info);
        return header.put(ascii("data")).putInt(data).array();
    }

    private static byte[] info(Map<String, String> chunks) {
        ByteArrayOutputStream info = new ByteArrayOutputStream();
        info.writeBytes(ascii("INFO"));
        chunks.forEach((id, text) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int length = bytes.length + 1;
            ByteBuffer chunk = ByteBuffer.allocate(8 + length + length % 2).order(ByteOrder.LITTLE_ENDIAN);
            info.writeBytes(chunk.put(ascii(id)).putInt(length).put(bytes).array());
        });
        return info.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public SampleDepth depth() {
        return depth;
    }

    /**
     * Adds samples.
     *
     * @throws IllegalStateException if they are more than were announced
     */
    @Override
    public void write(int[] more, int length) throws IOException {
        written += length;
        if (written > samples) {
            throw new IllegalStateException(samples + " samples were announced, but " + written + " came");
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(length * depth.bytes() + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < length; i++) {
            bytes.putInt(i * depth.bytes(), more[i]);
        }
        file.write(Arrays.copyOf(bytes.array(), length * depth.bytes()));
    }

    /**
     * Makes the file whole.
     *
     * @throws IllegalStateException if fewer samples came than were announced
     */
    @Override
    public void finish() throws IOException {
        if (written != samples) {
            throw new IllegalStateException(samples + " samples were announced, but only " + written + " came");
        }
        file.write(new byte[(int) (samples * depth.bytes() % 2)]);
        file.finish();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
