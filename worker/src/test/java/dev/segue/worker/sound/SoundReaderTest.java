package dev.segue.worker.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.segue.worker.audio.SampleDepth;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoundReaderTest {
    private static final int RATE = Samples.RATE;
    private static final int INTEGER = 1;
    private static final int FLOAT = 3;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"1, 8", "1, 16", "1, 24", "1, 32", "3, 32", "1, 20"})
    void everySampleFormatIsReadExactly(int tag, int bits) throws IOException {
        float[] sound = {0, 0.5f, -0.5f, 0.25f, -1, 0.9921875f};
        int bytes = (bits + 7) / 8;
        ByteBuffer data = ByteBuffer.allocate(sound.length * bytes + 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < sound.length; i++) {
            long integer = (long) (sound[i] * (1L << (8 * bytes - 1))) + (bits == 8 ? 128 : 0);
            data.putInt(i * bytes, tag == FLOAT ? Float.floatToIntBits(sound[i]) : (int) integer);
        }
        byte[] file =
                Samples.wav(Samples.format(tag, 1, RATE, bits), Arrays.copyOf(data.array(), sound.length * bytes));

        assertThat(read(file)).containsExactly(sound);
    }

    @Test
    void anExtensibleFormatIsReadLikeThePlainOne() throws IOException {
        assertThat(read(Samples.wav(extensible(0), shorts(16_384, -16_384)))).containsExactly(0.5f, -0.5f);
        assertThatThrownBy(() -> read(Samples.wav(extensible(1), shorts(1))))
                .isInstanceOf(SoundException.Unsupported.class)
                .hasMessageContaining("only its maker knows");
        assertThatThrownBy(() -> read(Samples.wav(Arrays.copyOf(extensible(0), 30), shorts(1))))
                .isInstanceOf(SoundException.Damaged.class);
    }

    @Test
    void channelsAreMixedToOne() throws IOException {
        byte[] stereo = Samples.wav(Samples.format(INTEGER, 2, RATE, 16), shorts(16_384, 0, 8_192, 8_192));
        byte[] four = Samples.wav(Samples.format(INTEGER, 4, RATE, 16), shorts(16_384, 0, 0, 0));

        assertThat(read(stereo)).containsExactly(0.25f, 0.25f);
        assertThat(read(four)).containsExactly(0.125f);
    }

    @Test
    void anotherRateIsResampledAndReadingStopsAtItsLimit() throws IOException {
        ByteBuffer data = ByteBuffer.allocate(2 * 48_000).order(ByteOrder.LITTLE_ENDIAN);
        while (data.hasRemaining()) {
            data.putShort((short) (10_000 * Math.sin(2 * Math.PI * 440 * (data.position() / 2.0) / 48_000)));
        }
        byte[] file = Samples.wav(Samples.format(INTEGER, 1, 48_000, 16), data.array());

        float[] sound = read(file);
        assertThat(sound).hasSize(44_100);
        for (int i = 1_000; i < 43_000; i++) {
            assertThat(sound[i])
                    .isCloseTo((float) (10_000 / 32_768.0 * Math.sin(2 * Math.PI * 440 * i / 44_100)), within(1e-4f));
        }
        try (SoundReader reader = SoundReader.open("given", new ByteArrayInputStream(file), RATE, 0.1)) {
            assertThat(reader.readAll()).isEqualTo(Arrays.copyOf(sound, 4_410));
            assertThat(reader.format().sampleRate()).isEqualTo(48_000);
        }
    }

    @Test
    void aFlacFileSoundsLikeTheWavFileOfTheSameSamples() throws IOException {
        float[] sound = Samples.music(20_000, 1);
        SoundPiece.write(folder.resolve("a.flac"), sound, RATE, SampleDepth.BITS_24, Samples.TAGS);
        try (WavWriter wav =
                WavWriter.create(folder.resolve("a.wav"), RATE, SampleDepth.BITS_24, sound.length, Samples.TAGS)) {
            wav.write(sound, sound.length);
            wav.finish();
        }
        byte[] tag = new byte[10 + 300];
        System.arraycopy(new byte[] {'I', 'D', '3', 4, 0, 0, 0, 0, 2, 300 - 256}, 0, tag, 0, 10);
        byte[] flac = Files.readAllBytes(folder.resolve("a.flac"));
        byte[] tagged = Arrays.copyOf(tag, tag.length + flac.length);
        System.arraycopy(flac, 0, tagged, tag.length, flac.length);

        float[] fromFlac = read(flac);
        assertThat(read(Files.readAllBytes(folder.resolve("a.wav")))).isEqualTo(fromFlac);
        assertThat(read(tagged)).isEqualTo(fromFlac);
        for (int i = 200; i < sound.length; i++) {
            assertThat(fromFlac[i]).isCloseTo(sound[i], within(1f / (1 << 23)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OggS........ | an Ogg file",
                "....ftypM4A. | an MP4 file",
                "FORM....AIFF | an AIFF file",
                "RF64....WAVE | RF64",
                "RIFF....AVIX | \"RIFF....AVIX\"",
                "ID3.......ab | an MP3 file",
                "hello        | \"hello\"",
                "h            | \"h\""
            })
    void whatIsNoSoundIsNamed(String bytes, String name) {
        assertThatThrownBy(() ->
                        read(bytes.replace("ID3.......", "ID3\0\0\0\0\0\0\0").getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOf(SoundException.NotSound.class)
                .hasMessageStartingWith("given begins like ")
                .hasMessageContaining(name)
                .hasMessageContaining("must be a WAV or a FLAC file");
    }

    @Test
    void nothingAndASoundOfNothingAreRefused() {
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(SoundException.Empty.class);
        assertThatThrownBy(() -> read(Samples.wav(Samples.format(INTEGER, 1, RATE, 16), new byte[0])))
                .isInstanceOf(SoundException.NoSamples.class);
        assertThatThrownBy(() -> read(
                        Files.readAllBytes(Samples.flac(folder.resolve("a.flac"), new int[0], SampleDepth.BITS_16))))
                .isInstanceOf(SoundException.NoSamples.class);
    }

    @Test
    void absurdFormatsAreRefused() {
        assertThatThrownBy(() -> read(Samples.wav(Samples.format(INTEGER, 1, 3_999, 16), shorts(1))))
                .isInstanceOf(SoundException.OutOfRange.class)
                .hasMessageContaining("sample rate of 3999, but it must be from 4000 to 384000");
        assertThatThrownBy(() -> read(Samples.wav(Samples.format(INTEGER, 1, -1, 16), shorts(1))))
                .hasMessageContaining("4294967295");
        assertThatThrownBy(() -> read(Samples.wav(Samples.format(INTEGER, 33, RATE, 16), shorts(1))))
                .hasMessageContaining("channels of 33");
        assertThatThrownBy(() -> read(Samples.wav(Samples.format(INTEGER, 0, RATE, 16), shorts(1))))
                .isInstanceOf(SoundException.OutOfRange.class);
        assertThatThrownBy(() -> read(Samples.wav(Samples.format(2, 1, RATE, 4), shorts(1))))
                .isInstanceOf(SoundException.Unsupported.class)
                .hasMessageContaining("WAV format 2");
        assertThatThrownBy(() -> read(Samples.wav(Samples.format(FLOAT, 1, RATE, 64), shorts(1))))
                .hasMessageContaining("64-bit float");
        assertThatThrownBy(() -> read(Samples.wav(Samples.format(INTEGER, 1, RATE, 64), shorts(1))))
                .hasMessageContaining("64-bit integer");
    }

    @Test
    void damagedWavFilesAreRefused() {
        byte[] whole = Samples.wav(Samples.format(INTEGER, 1, RATE, 16), shorts(1, 2, 3));
        for (int length = 4; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(SoundException.Damaged.class);
        }
        byte[] wrongFrame = Samples.format(INTEGER, 1, RATE, 16);
        wrongFrame[12] = 7;
        assertThatThrownBy(() -> read(Samples.wav(wrongFrame, shorts(1)))).hasMessageContaining("frames of 7 bytes");
        assertThatThrownBy(() -> read(Samples.wav(new byte[4], shorts(1)))).hasMessageContaining("format of 4 bytes");
        ByteBuffer infinite = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        infinite.putFloat(Float.POSITIVE_INFINITY);
        assertThatThrownBy(() -> read(Samples.wav(Samples.format(FLOAT, 1, RATE, 32), infinite.array())))
                .hasMessageContaining("no finite number");
    }

    @Test
    void aLengthThatIsOnlyAGuessEndsWithTheFile() throws IOException {
        byte[] file = Samples.wav(Samples.format(INTEGER, 1, RATE, 16), shorts(16_384, 8_192));
        ByteBuffer.wrap(file).putInt(file.length - 8, -1);

        assertThat(read(file)).containsExactly(0.5f, 0.25f);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7FFF_FFFF, -2, 0x1000_0000})
    void chunksOfAbsurdSizeTakeNoMemory(int size) {
        ByteBuffer file = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        file.put("RIFF____WAVEjunk".getBytes(StandardCharsets.US_ASCII)).putInt(size);

        assertThatThrownBy(() -> read(file.array())).isInstanceOf(SoundException.Damaged.class);
    }

    @Test
    void chunksWithoutEndAreNotFollowed() {
        byte[] start = "RIFF____WAVE".getBytes(StandardCharsets.US_ASCII);
        byte[] chunk = {'j', 'u', 'n', 'k', 0, 0, 0, 0};

        assertThatThrownBy(() -> SoundReader.open("given", new Endless(start, chunk), RATE))
                .isInstanceOf(SoundException.Damaged.class)
                .hasMessageContaining("more than 1000 chunks");
    }

    @Test
    void aSoundThatNeverEndsIsReadToItsLimitOrRefused() throws IOException {
        ByteBuffer start = ByteBuffer.allocate(44).order(ByteOrder.LITTLE_ENDIAN);
        start.put(Samples.wav(Samples.format(INTEGER, 1, 4_000, 8), new byte[0]))
                .putInt(40, -1);
        byte[] samples = new byte[1 << 16];

        try (SoundReader reader = SoundReader.open("given", new Endless(start.array(), samples), 4_000, 60)) {
            assertThat(reader.readAll()).hasSize(60 * 4_000);
        }
        try (SoundReader reader = SoundReader.open("given", new Endless(start.array(), samples), 4_000)) {
            float[] piece = new float[1 << 16];
            assertThatThrownBy(() -> {
                        while (reader.read(piece) > 0) {
                            assertThat(piece[0]).isEqualTo(-1);
                        }
                    })
                    .isInstanceOf(SoundException.TooLong.class)
                    .hasMessageContaining("14400");
        }
    }

    @Test
    void aLimitThatIsNoneIsRefused() {
        InputStream none = new ByteArrayInputStream(new byte[0]);
        for (double seconds : new double[] {0, -1, Double.NaN, 14_401}) {
            assertThatThrownBy(() -> SoundReader.open("given", none, RATE, seconds))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("more than 0 and at most 14400");
        }
    }

    /** A beginning, then the same bytes for ever. */
    private static final class Endless extends InputStream {
        private final byte[] start;
        private final byte[] again;
        private long at;

        Endless(byte[] start, byte[] again) {
            this.start = start;
            this.again = again;
        }

        @Override
        public int read() {
            long now = at++;
            byte value = now < start.length ? start[(int) now] : again[(int) ((now - start.length) % again.length)];
            return value & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            for (int i = 0; i < length; i++) {
                into[from + i] = (byte) read();
            }
            return length;
        }
    }

    private static float[] read(byte[] file) throws IOException {
        try (SoundReader reader = SoundReader.open("given", new ByteArrayInputStream(file), RATE)) {
            return reader.readAll();
        }
    }

    private static byte[] shorts(int... samples) {
        ByteBuffer data = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample : samples) {
            data.putShort((short) sample);
        }
        return data.array();
    }

    private static byte[] extensible(int lastByte) {
        byte[] rest = {0, 0, 0, 0, 16, 0, (byte) 128, 0, 0, (byte) 170, 0, 56, (byte) 155, (byte) (113 + lastByte)};
        ByteBuffer format = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
        format.put(Samples.format(0xFFFE, 1, RATE, 16))
                .putShort((short) 22)
                .putShort((short) 16)
                .putInt(4);
        return format.putShort((short) 1).put(rest).array();
    }
}
