package dev.segue.standalone.sample;

import dev.segue.worker.audio.Downmix;
import dev.segue.worker.audio.Pcm16;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.sound.sampled.AudioFileFormat;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;

/** Sound as WAV files: 16-bit when written, mono. */
final class SoundFile {
    private static final float FULL_SCALE = 32_768;

    private SoundFile() {}

    /**
     * Writes samples of [−1, 1], clipped, as the original rounds them.
     *
     * @param sampleRate in Hz
     */
    static void write(Path file, float[] sound, int sampleRate) throws IOException {
        short[] samples = Pcm16.of(sound);
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        AudioFormat format = new AudioFormat(sampleRate, Short.SIZE, 1, true, false);
        try (AudioInputStream stream =
                new AudioInputStream(new ByteArrayInputStream(bytes.array()), format, samples.length)) {
            AudioSystem.write(stream, AudioFileFormat.Type.WAVE, file.toFile());
        }
    }

    /**
     * Reads a sound as mono samples.
     *
     * @param sampleRate that it must have
     * @throws IllegalArgumentException if it is no sound that is understood, or of another rate
     */
    static float[] read(Path file, int sampleRate) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                AudioInputStream encoded = AudioSystem.getAudioInputStream(in)) {
            AudioFormat given = encoded.getFormat();
            if (Math.round(given.getSampleRate()) != sampleRate) {
                throw new IllegalArgumentException(file + " has " + Math.round(given.getSampleRate())
                        + " samples per second, but the model's sound has " + sampleRate + "; resample it, for example"
                        + " with: sox " + file + " -r " + sampleRate + " prompt.wav");
            }
            AudioFormat wanted = new AudioFormat(given.getSampleRate(), Short.SIZE, given.getChannels(), true, false);
            try (AudioInputStream decoded = AudioSystem.getAudioInputStream(wanted, encoded)) {
                ByteBuffer bytes = ByteBuffer.wrap(decoded.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN);
                float[] interleaved = new float[bytes.remaining() / 2];
                for (int i = 0; i < interleaved.length; i++) {
                    interleaved[i] = bytes.getShort() / FULL_SCALE;
                }
                return Downmix.mono(interleaved, given.getChannels());
            }
        } catch (UnsupportedAudioFileException e) {
            throw new IllegalArgumentException(
                    file + " is no sound that can be read; give a WAV file, 16-bit PCM, mono or stereo", e);
        }
    }
}
