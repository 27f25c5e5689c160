package dev.segue.worker.sound;

import dev.segue.worker.audio.SampleDepth;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** Sounds and files of sound to test with. */
final class Samples {
    static final int RATE = 44_100;
    static final SoundTags TAGS = new SoundTags("Prélude = \"1\"", "Luna March", "jazz", "tiny", "sha256:0123");

    private Samples() {}

    /** Something like music: tones that come and go, noise, silence, one loud click. */
    static float[] music(int length, long seed) {
        Random random = new Random(seed);
        float[] sound = new float[length];
        for (int i = 0; i < length; i++) {
            double envelope = Math.max(0, Math.sin(i * 1e-4));
            sound[i] = (float) (envelope * (0.5 * Math.sin(i * 0.05) + 0.2 * Math.sin(i * 0.31))
                    + envelope * 0.01 * random.nextGaussian());
        }
        if (length > 100) {
            sound[100] = -1.5f;
            sound[99] = 1.5f;
        }
        return sound;
    }

    static int[] noise(int length, int bits, long seed) {
        return new Random(seed)
                .ints(length, -(1 << (bits - 1)), 1 << (bits - 1))
                .toArray();
    }

    /** A file of exactly these samples. */
    static Path flac(Path file, int[] samples, SampleDepth depth) throws IOException {
        try (FlacWriter writer = FlacWriter.create(file, RATE, depth, TAGS)) {
            writer.write(samples, samples.length);
            writer.finish();
        }
        return file;
    }

    /** All samples of a mono FLAC file as they are stored. */
    static int[] stored(Path file) throws IOException {
        try (SoundPiece piece = SoundPiece.open(file.toString(), Files.newInputStream(file))) {
            int[] samples = new int[(int) piece.samples()];
            int[] part = new int[1000];
            int length = 0;
            for (int read = piece.read(part); read > 0; read = piece.read(part)) {
                System.arraycopy(part, 0, samples, length, read);
                length += read;
            }
            return Arrays.copyOf(samples, length);
        }
    }

    /** A WAV file with the format chunk and the bytes of data that are given. */
    static byte[] wav(byte[] format, byte[] data) {
        ByteBuffer file = ByteBuffer.allocate(28 + format.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        file.put(id("RIFF")).putInt(20 + format.length + data.length).put(id("WAVEfmt "));
        file.putInt(format.length).put(format);
        return file.put(id("data")).putInt(data.length).put(data).array();
    }

    /** A plain format chunk. */
    static byte[] format(int tag, int channels, int rate, int bits) {
        int frame = channels * ((bits + 7) / 8);
        return ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) tag)
                .putShort((short) channels)
                .putInt(rate)
                .putInt(rate * frame)
                .putShort((short) frame)
                .putShort((short) bits)
                .array();
    }

    private static byte[] id(String id) {
        return id.getBytes(StandardCharsets.US_ASCII);
    }
}
