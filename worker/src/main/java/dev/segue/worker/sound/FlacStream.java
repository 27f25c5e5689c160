package dev.segue.worker.sound;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A FLAC file (RFC 9639), frame by frame: at most 65 536 samples of each channel are held. Every frame must pass its
 * checksums, and at its end the file the length and the MD5 sum that its beginning promises. Owned by one thread.
 *
 * <p>Longer than other classes because its frames, their sum and its promises share one state. This is ours because the decoders on Maven Central hand out damaged frames as sound (see ARCHITECTURE.md).
 */
final class FlacStream implements PcmStream {
    private static final byte[] MARKER = {'f', 'L', 'a', 'C'};
    private static final int STREAM_INFO = 0;
    private static final int STREAM_INFO_BYTES = 34;
    private static final int FORBIDDEN_BLOCK = 127;
    /** Pictures and tags that are passed over; each block may have 16 MiB, but their number has no bound. */
    private static final long MOST_METADATA = 256L << 20;

    private static final int LARGEST_BLOCK = 1 << 16;
    private static final int LEAST_BITS = 4;

    private final FlacInput in;
    private final SoundFormat format;
    private final byte[] promisedSum;
    private final MessageDigest sum = Md5.digest();
    private final long[][] block;
    private int blockLength;
    private int delivered;
    private long decoded;
    private boolean summed;

    private FlacStream(FlacInput in, SoundFormat format, byte[] promisedSum) {
        this.in = in;
        this.format = format;
        this.promisedSum = promisedSum;
        this.block = new long[format.channels()][];
    }

    /** Reads the beginning of a file. The stream owns {@code in} from now on. */
    static FlacStream open(String name, InputStream in) throws IOException {
        FlacInput bits = new FlacInput(name, in);
        if (!bits.nextAre(MARKER)) {
            throw bits.damaged("does not begin with fLaC");
        }
        FlacStream stream = null;
        long passed = 0;
        boolean last;
        do {
            last = bits.unsigned(1) == 1;
            int type = (int) bits.unsigned(7);
            int length = (int) bits.unsigned(24);
            if (type == FORBIDDEN_BLOCK || (type == STREAM_INFO) != (stream == null)) {
                throw bits.damaged("has metadata out of order");
            }
            if (stream == null) {
                if (length != STREAM_INFO_BYTES) {
                    throw bits.damaged("has a STREAMINFO of " + length + " bytes instead of " + STREAM_INFO_BYTES);
                }
                stream = streamInfo(name, bits);
            } else {
                passed += length;
                if (passed > MOST_METADATA) {
                    throw bits.damaged("has more than " + MOST_METADATA + " bytes of metadata");
                }
                bits.skip(length);
            }
        } while (!last);
        return stream;
    }

    private static FlacStream streamInfo(String name, FlacInput in) throws IOException {
        in.bytes(10); // Sizes of blocks and frames: every frame tells its own.
        long rate = in.unsigned(20);
        int channels = (int) in.unsigned(3) + 1;
        int bits = (int) in.unsigned(5) + 1;
        long frames = in.unsigned(36);
        byte[] sum = in.bytes(16);
        if (bits < LEAST_BITS) {
            throw in.damaged("claims samples of " + bits + " bits");
        }
        SoundFormat format =
                SoundFormat.claimed(name, rate, channels, bits, frames == 0 ? SoundFormat.UNKNOWN : frames);
        return new FlacStream(in, format, sum);
    }

    @Override
    public SoundFormat format() {
        return format;
    }

    @Override
    public int read(float[] interleaved) throws IOException {
        float scale = (float) (1.0 / (1L << (format.bits() - 1)));
        int channels = format.channels();
        int frames = interleaved.length / channels;
        int made = 0;
        while (made < frames && available()) {
            int now = Math.min(frames - made, blockLength - delivered);
            for (int channel = 0; channel < channels; channel++) {
                for (int i = 0; i < now; i++) {
                    interleaved[(made + i) * channels + channel] = block[channel][delivered + i] * scale;
                }
            }
            delivered += now;
            made += now;
        }
        return made;
    }

    /** Reads the next samples of a mono file as they are stored: as many as fit unless it ends, 0 at its end. */
    int readSamples(int[] into) throws IOException {
        int made = 0;
        while (made < into.length && available()) {
            int now = Math.min(into.length - made, blockLength - delivered);
            for (int i = 0; i < now; i++) {
                into[made + i] = (int) block[0][delivered + i];
            }
            delivered += now;
            made += now;
        }
        return made;
    }

    private boolean available() throws IOException {
        if (delivered < blockLength) {
            return true;
        }
        boolean known = format.frames() != SoundFormat.UNKNOWN;
        // Behind a known end there may be tags of other formats.
        if (known ? decoded == format.frames() : in.atEnd()) {
            checkSum();
            return false;
        }
        if (in.atEnd()) {
            throw in.damaged("ends after " + decoded + " of the " + format.frames() + " samples it promises");
        }
        decodeBlock();
        if (known && decoded > format.frames()) {
            throw in.damaged("has more samples than the " + format.frames() + " it promises");
        }
        return true;
    }

    private void decodeBlock() throws IOException {
        FlacFrameHeader header = FlacFrameHeader.read(in, format);
        int assignment = header.assignment();
        for (int channel = 0; channel < block.length; channel++) {
            if (block[channel] == null || block[channel].length < header.frames()) {
                block[channel] = new long[Math.min(LARGEST_BLOCK, Math.max(4096, header.frames()))];
            }
            boolean side = assignment == FlacFrameHeader.SIDE_RIGHT ? channel == 0 : channel == 1;
            int more = assignment >= FlacFrameHeader.LEFT_SIDE && side ? 1 : 0;
            FlacSubframe.read(in, format.bits() + more, block[channel], header.frames());
        }
        in.align();
        int computed = in.crc16();
        if (in.unsigned(16) != computed) {
            throw in.damaged("has a frame that fails its checksum after " + decoded + " samples");
        }
        if (assignment >= FlacFrameHeader.LEFT_SIDE) {
            join(assignment, header.frames());
        }
        blockLength = header.frames();
        delivered = 0;
        decoded += blockLength;
        addToSum();
    }

    /** Left and right from what is stored in their place. */
    private void join(int assignment, int frames) {
        long[] first = block[0];
        long[] second = block[1];
        for (int i = 0; i < frames; i++) {
            switch (assignment) {
                case FlacFrameHeader.LEFT_SIDE -> second[i] = first[i] - second[i];
                case FlacFrameHeader.SIDE_RIGHT -> first[i] += second[i];
                default -> {
                    long twice = (first[i] << 1) | (second[i] & 1);
                    first[i] = (twice + second[i]) >> 1;
                    second[i] = (twice - second[i]) >> 1;
                }
            }
        }
    }

    private void addToSum() {
        int bytes = (format.bits() + Byte.SIZE - 1) / Byte.SIZE;
        byte[] stored = new byte[blockLength * block.length * bytes];
        int at = 0;
        for (int i = 0; i < blockLength; i++) {
            for (long[] channel : block) {
                for (int b = 0; b < bytes; b++) {
                    stored[at++] = (byte) (channel[i] >> (b * Byte.SIZE));
                }
            }
        }
        sum.update(stored);
    }

    private void checkSum() throws SoundException {
        if (summed) {
            return;
        }
        summed = true;
        boolean promised = !Arrays.equals(promisedSum, new byte[promisedSum.length]);
        if (promised && decoded > 0 && !MessageDigest.isEqual(promisedSum, sum.digest())) {
            throw in.damaged("does not sound as its MD5 sum promises");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
