package dev.segue.worker.sound;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The samples of a WAV file: integers of 8, 16, 24 or 32 bits or 32-bit floats, whose format may be stated in the
 * extensible way. Owned by one thread.
 */
final class WavStream implements PcmStream {
    private static final int FRAMES = 4096;

    private final String name;
    private final InputStream in;
    private final WavHeader header;
    private final SoundFormat format;
    private final byte[] bytes;
    private long left;

    private WavStream(String name, InputStream in, WavHeader header, SoundFormat format) {
        this.name = name;
        this.in = in;
        this.header = header;
        this.format = format;
        this.left = header.dataBytes();
        this.bytes = new byte[FRAMES * header.frameBytes()];
    }

    /** Reads the beginning of a file. The stream owns {@code in} from now on. */
    static WavStream open(String name, InputStream in) throws IOException {
        WavHeader header = WavHeader.read(name, in);
        SoundFormat format = SoundFormat.claimed(
                name,
                header.sampleRate(),
                header.channels(),
                header.sampleBytes() * Byte.SIZE,
                header.endless() ? SoundFormat.UNKNOWN : header.dataBytes() / header.frameBytes());
        return new WavStream(name, in, header, format);
    }

    @Override
    public SoundFormat format() {
        return format;
    }

    @Override
    public int read(float[] interleaved) throws IOException {
        int channels = format.channels();
        int wanted = interleaved.length / channels;
        int made = 0;
        while (made < wanted) {
            int frames = fill(Math.min(FRAMES, wanted - made));
            if (frames == 0) {
                break;
            }
            decode(frames * channels, interleaved, made * channels);
            made += frames;
        }
        return made;
    }

    /** Reads so many frames to {@link #bytes}, fewer at the end. */
    private int fill(int frames) throws IOException {
        int asked = (int) Math.min(left, (long) frames * header.frameBytes());
        asked -= asked % header.frameBytes();
        int got = in.readNBytes(bytes, 0, asked);
        left -= got;
        if (got < asked) {
            if (!header.endless()) {
                throw new SoundException.Damaged(
                        name, "ends " + left + " bytes before the " + header.dataBytes() + " of sound it promises");
            }
            left = 0;
        }
        return got / header.frameBytes();
    }

    private void decode(int samples, float[] into, int offset) throws SoundException {
        ByteBuffer from = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            float sample;
            if (header.floating()) {
                sample = from.getFloat();
                if (!Float.isFinite(sample)) {
                    throw new SoundException.Damaged(name, "has a sample that is no finite number, " + sample);
                }
            } else {
                sample = switch (header.sampleBytes()) {
                    case 1 -> ((from.get() & 0xFF) - 128) / 128f;
                    case 2 -> from.getShort() / 32_768f;
                    case 3 -> ((from.get() & 0xFF) | (from.get() & 0xFF) << 8 | from.get() << 16) / 8_388_608f;
                    default -> from.getInt() / (float) (1L << 31);
                };
            }
            into[offset + i] = sample;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
