package dev.segue.worker.sound;

import dev.segue.worker.audio.SampleDepth;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/**
 * Writes mono sound as a FLAC file (RFC 9639), a block at a time, with its length and MD5 sum in its beginning and Vorbis
 * comments; the same samples and tags always give the same bytes. Closing before {@link #finish} deletes the file.
 *
 * <p>This is ours because the encoder on Maven Central writes no comments (see ARCHITECTURE.md). Owned by one thread.
 */
public final class FlacWriter implements SampleSink {
    private static final int BLOCK = 4096;
    private static final byte[] MARKER = {'f', 'L', 'a', 'C'};
    private static final int STREAM_INFO_BYTES = 34;
    private static final int VORBIS_COMMENT = 4;
    private static final String VENDOR = "Segue";

    private final UnfinishedFile file;
    private final int sampleRate;
    private final SampleDepth depth;
    private final MessageDigest sum = Md5.digest();
    private final int[] block = new int[BLOCK];
    private int held;
    private long samples;
    private long frames;
    private int shortest = Integer.MAX_VALUE;
    private int longest;

    private FlacWriter(UnfinishedFile file, int sampleRate, SampleDepth depth) {
        this.file = file;
        this.sampleRate = sampleRate;
        this.depth = depth;
    }

    /**
     * Begins a file, replacing what is there.
     *
     * @param sampleRate in Hz, less than 2²⁰
     */
    public static FlacWriter create(Path target, int sampleRate, SampleDepth depth, SoundTags tags) throws IOException {
        UnfinishedFile file = UnfinishedFile.create(target);
        try {
            FlacWriter writer = new FlacWriter(file, sampleRate, depth);
            file.write(writer.beginning(new byte[16]));
            file.write(comments(tags.vorbisComments()));
            return writer;
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public SampleDepth depth() {
        return depth;
    }

    @Override
    public void write(int[] more, int length) throws IOException {
        for (int from = 0; from < length; ) {
            int now = Math.min(length - from, BLOCK - held);
            System.arraycopy(more, from, block, held, now);
            held += now;
            from += now;
            if (held == BLOCK) {
                flush();
            }
        }
    }

    private void flush() throws IOException {
        byte[] frame = new FlacBlock(block, held, depth.bits()).frame(frames, BLOCK, sampleRate);
        file.write(frame);
        shortest = Math.min(shortest, frame.length);
        longest = Math.max(longest, frame.length);
        ByteBuffer plain =
                ByteBuffer.allocate(held * depth.bytes() + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < held; i++) {
            plain.putInt(i * depth.bytes(), block[i]);
        }
        sum.update(plain.array(), 0, held * depth.bytes());
        samples += held;
        frames++;
        held = 0;
    }

    @Override
    public void finish() throws IOException {
        if (held > 0) {
            flush();
        }
        FileChannel channel = file.channel();
        ByteBuffer beginning = ByteBuffer.wrap(beginning(sum.digest()));
        for (long at = 0; beginning.hasRemaining(); ) {
            at += channel.write(beginning, at);
        }
        file.finish();
    }

    private byte[] beginning(byte[] md5) {
        FlacOutput out = new FlacOutput();
        out.put(MARKER);
        out.put(Byte.SIZE, 0);
        out.put(24, STREAM_INFO_BYTES);
        out.put(16, BLOCK);
        out.put(16, BLOCK);
        out.put(24, frames == 0 ? 0 : shortest);
        out.put(24, longest);
        out.put(20, sampleRate);
        out.put(3, 0);
        out.put(5, depth.bits() - 1);
        out.put(36, samples);
        out.put(md5);
        return out.toBytes();
    }

    private static byte[] comments(Map<String, String> fields) {
        List<byte[]> texts = fields.entrySet().stream()
                .map(field -> (field.getKey() + "=" + field.getValue()).getBytes(StandardCharsets.UTF_8))
                .toList();
        byte[] vendor = VENDOR.getBytes(StandardCharsets.UTF_8);
        int length = 8
                + vendor.length
                + texts.stream().mapToInt(text -> 4 + text.length).sum();
        ByteBuffer block = ByteBuffer.allocate(4 + length);
        block.putInt(1 << 31 | VORBIS_COMMENT << 24 | length);
        block.order(ByteOrder.LITTLE_ENDIAN).putInt(vendor.length).put(vendor).putInt(texts.size());
        texts.forEach(text -> block.putInt(text.length).put(text));
        return block.array();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
