package dev.segue.worker.sound;

import dev.segue.worker.audio.Downmix;
import dev.segue.worker.audio.Resampler;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The sound of a WAV or FLAC file of any rate and number of channels as the model hears it: mono, float, at the model's
 * rate, piece by piece in bounded memory. At the model's own rate every sample is that of the file.
 *
 * <p>Longer than other classes for the ways to open one. Owned by one thread.
 */
public final class SoundReader implements Closeable {
    /** What is read of a sound if no limit is given; a longer one is refused. */
    public static final double LONGEST_SECONDS = 4 * 3600.0;

    /** Frames of the file that are decoded at a time. */
    private static final int FRAMES = 4096;

    private final String name;
    private final PcmStream stream;
    private final int sampleRate;
    private final boolean cut;
    private final long most;
    private final Resampler resampler;
    private final float[] interleaved;
    private final float mix;
    private boolean ended;
    private long delivered;

    private SoundReader(String name, PcmStream stream, int sampleRate, double seconds, boolean cut, float mix)
            throws IOException {
        SoundFormat format = stream.format();
        this.name = name;
        this.stream = stream;
        this.sampleRate = sampleRate;
        this.cut = cut;
        this.mix = mix;
        this.most = (long) Math.floor(seconds * sampleRate);
        this.resampler = new Resampler(format.sampleRate(), sampleRate);
        this.interleaved = new float[FRAMES * format.channels()];
        if (!cut && format.frames() > seconds * format.sampleRate()) {
            throw new SoundException.TooLong(name, seconds);
        }
        fill();
        if (ended) {
            // Nothing came at all.
            throw new SoundException.NoSamples(name);
        }
    }

    /**
     * Begins to read a whole sound.
     *
     * @param name what errors call it
     * @param in its bytes, which need no buffer; owned by the reader from now on
     * @param sampleRate of the model, in Hz
     * @throws SoundException if it cannot be used, see its kinds; a sound may also fail while it is read
     */
    public static SoundReader open(String name, InputStream in, int sampleRate) throws IOException {
        return open(name, in, sampleRate, LONGEST_SECONDS, false, Downmix.EVEN);
    }

    /**
     * Begins to read the beginning of a sound. What lies behind it is neither decoded nor judged.
     *
     * @param seconds after which reading stops, more than 0 and at most {@link #LONGEST_SECONDS}
     * @throws IllegalArgumentException if {@code seconds} is outside its bounds
     */
    public static SoundReader open(String name, InputStream in, int sampleRate, double seconds) throws IOException {
        if (!(seconds > 0 && seconds <= LONGEST_SECONDS)) {
            throw new IllegalArgumentException("seconds to read of " + name + " is " + seconds
                    + " but must be more than 0 and at most " + LONGEST_SECONDS);
        }
        return open(name, in, sampleRate, seconds, true, Downmix.EVEN);
    }

    /** Begins to read a whole file. */
    public static SoundReader open(Path file, int sampleRate) throws IOException {
        return open(file.toString(), Files.newInputStream(file), sampleRate);
    }

    /**
     * Begins to read a whole file, of two channels not the even mixture.
     *
     * @param mix how much of the left channel is heard, from 0 to 1; the rest is of the right one
     */
    public static SoundReader openMixed(Path file, int sampleRate, float mix) throws IOException {
        return open(file.toString(), Files.newInputStream(file), sampleRate, LONGEST_SECONDS, false, mix);
    }

    /** Begins to read the beginning of a file. */
    public static SoundReader open(Path file, int sampleRate, double seconds) throws IOException {
        return open(file.toString(), Files.newInputStream(file), sampleRate, seconds);
    }

    private static SoundReader open(String name, InputStream in, int sampleRate, double seconds, boolean cut, float mix)
            throws IOException {
        try {
            return new SoundReader(name, SoundKind.open(name, in), sampleRate, seconds, cut, mix);
        } catch (IOException | RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** How the file stores it. */
    public SoundFormat format() {
        return stream.format();
    }

    /** Samples per second of what is read. */
    public int sampleRate() {
        return sampleRate;
    }

    /**
     * Reads the next samples.
     *
     * @return how many, as many as fit unless the sound or its limit ends; 0 at the end
     * @throws SoundException if the file is damaged, or longer than anything that is read whole
     */
    public int read(float[] into) throws IOException {
        int wanted = (int) Math.min(into.length, most - delivered);
        int made = 0;
        while (made < wanted) {
            int now = resampler.read(into, made, wanted - made);
            made += now;
            if (now == 0) {
                if (ended) {
                    break;
                }
                fill();
            }
        }
        delivered += made;
        if (made < into.length && !cut && delivered == most && beyond()) {
            throw new SoundException.TooLong(name, LONGEST_SECONDS);
        }
        return made;
    }

    private boolean beyond() throws IOException {
        float[] one = new float[1];
        while (resampler.read(one, 0, 1) == 0) {
            if (ended) {
                return false;
            }
            fill();
        }
        return true;
    }

    private void fill() throws IOException {
        int frames = stream.read(interleaved);
        if (frames == 0) {
            ended = true;
            resampler.end();
            return;
        }
        int channels = stream.format().channels();
        float[] whole = frames == FRAMES ? interleaved : Arrays.copyOf(interleaved, frames * channels);
        resampler.write(Downmix.mono(whole, channels, mix), frames);
    }

    /** All that is left, for sounds that are known to be short. */
    public float[] readAll() throws IOException {
        float[] sound = new float[FRAMES];
        int length = 0;
        float[] piece = new float[FRAMES];
        for (int read = read(piece); read > 0; read = read(piece)) {
            if (length + read > sound.length) {
                sound = Arrays.copyOf(sound, Math.max(2 * sound.length, length + read));
            }
            System.arraycopy(piece, 0, sound, length, read);
            length += read;
        }
        return Arrays.copyOf(sound, length);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
