package dev.segue.worker.trainer;

import dev.segue.worker.audio.Downmix;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import dev.segue.worker.manifest.Split;
import dev.segue.worker.sound.SoundReader;
import dev.segue.worker.weights.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The sound of songs at a model's rate, decoded and resampled once and kept as 16-bit samples in a folder, so that any
 * excerpt is read at once and only that. Immutable; any thread may read.
 */
final class SongSounds {
    private static final float SCALE = 1 << 15;

    private final List<Sound> sounds;

    private SongSounds(List<Sound> sounds) {
        this.sounds = List.copyOf(sounds);
    }

    /**
     * A song as it lies in the folder.
     *
     * @param samples file of 16-bit samples, little-endian, channels interleaved
     * @param channels 1, or 2 if they are to be mixed anew for each item
     * @param frames samples per channel
     */
    record Sound(SongEntry song, Path samples, int channels, long frames) {}

    /**
     * Decodes what is not there yet.
     *
     * @param folder of decoded songs, made if it is not there
     * @param stereo whether the two channels of a song are kept apart
     * @param work runs over the songs
     * @throws IOException if a song cannot be read, a {@code SoundException} if it is no sound
     */
    static SongSounds of(Path folder, Manifest manifest, Split split, int sampleRate, boolean stereo, SongWork work)
            throws IOException {
        Files.createDirectories(folder);
        return new SongSounds(work.over(
                manifest.songs(split), song -> decoded(folder, manifest.file(song), song, sampleRate, stereo)));
    }

    private static Sound decoded(Path folder, Path file, SongEntry song, int rate, boolean stereo) throws IOException {
        int channels = stereo ? channels(file, rate) : 1;
        String key = file.toAbsolutePath().normalize() + " " + Files.size(file) + " "
                + Files.getLastModifiedTime(file).toMillis() + " " + rate;
        Path samples = folder.resolve(
                Sha256.of(key.getBytes(StandardCharsets.UTF_8)).substring(0, 24) + "." + channels + ".s16");
        if (!Files.exists(samples)) {
            write(samples, file, rate, channels);
        }
        return new Sound(song, samples, channels, ShortsFile.length(samples) / channels);
    }

    private static int channels(Path file, int rate) throws IOException {
        try (SoundReader reader = SoundReader.open(file, rate)) {
            return reader.format().channels() == 2 ? 2 : 1;
        }
    }

    private static void write(Path samples, Path file, int rate, int channels) throws IOException {
        float[][] sounds = new float[channels][];
        for (int channel = 0; channel < channels; channel++) {
            float mix = channels == 1 ? Downmix.EVEN : 1 - channel;
            try (SoundReader reader = SoundReader.openMixed(file, rate, mix)) {
                sounds[channel] = reader.readAll();
            }
        }
        short[] interleaved = new short[sounds[0].length * channels];
        for (int i = 0; i < interleaved.length; i++) {
            double sample = Math.rint(sounds[i % channels][i / channels] * SCALE);
            interleaved[i] = (short) Math.max(-SCALE, Math.min(SCALE - 1, sample));
        }
        ShortsFile.write(samples, interleaved);
    }

    /**
     * The songs of at least {@code samples}.
     *
     * @throws IllegalArgumentException if there is none
     */
    SongSounds atLeast(int samples, TrainingListener listener) {
        List<Sound> enough =
                sounds.stream().filter(sound -> sound.frames() >= samples).toList();
        if (enough.isEmpty()) {
            throw new IllegalArgumentException("no song has the " + samples
                    + " samples that an item of this recipe takes; add longer songs, or shorten the recipe's"
                    + " sampleLength or context");
        }
        if (enough.size() < sounds.size()) {
            listener.note((sounds.size() - enough.size()) + " of " + sounds.size() + " songs are left out: they have"
                    + " less than the " + samples + " samples of an item");
        }
        return new SongSounds(enough);
    }

    /** The songs, in the order of the manifest. */
    List<Sound> songs() {
        return sounds;
    }

    /**
     * Some of a song, mono.
     *
     * @param offset first sample
     * @param mix how much of the left channel is heard, where there are two
     */
    float[] excerpt(int song, long offset, int length, float mix) throws IOException {
        Sound sound = sounds.get(song);
        short[] samples = ShortsFile.read(sound.samples(), offset * sound.channels(), length * sound.channels());
        float[] interleaved = new float[samples.length];
        for (int i = 0; i < interleaved.length; i++) {
            interleaved[i] = samples[i] / SCALE;
        }
        return Downmix.mono(interleaved, sound.channels(), mix);
    }
}
