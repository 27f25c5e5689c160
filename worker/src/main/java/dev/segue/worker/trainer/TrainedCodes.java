package dev.segue.worker.trainer;

import ai.djl.Device;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.audio.Downmix;
import dev.segue.worker.jukebox.ChunkedEncoder;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The codes of songs as a trained VQ-VAE hears them whole, kept in a folder. The original encodes each item anew; here a
 * song is encoded once, so that a window's codes are those that lie there in the song. Immutable; any thread may read.
 */
final class TrainedCodes {
    private final List<Song> songs;

    /** Codes that lie in files already. */
    TrainedCodes(List<Song> songs) {
        this.songs = List.copyOf(songs);
    }

    /**
     * The codes of a song.
     *
     * @param sound it is made of
     * @param samples that are encoded: the sound's, down to a multiple of the coarsest hop
     * @param files of codes, unsigned 16-bit little-endian, by level
     */
    record Song(SongSounds.Sound sound, long samples, List<Path> files) {}

    /**
     * Encodes what is not there yet.
     *
     * @param weights of the VQ-VAE
     * @param digest of the weights
     */
    static TrainedCodes of(
            Path folder, VqVaeShape shape, Path weights, String digest, SongSounds sounds, Device device, SongWork work)
            throws IOException {
        Files.createDirectories(folder);
        Queue<VqVae> idle = new ConcurrentLinkedQueue<>();
        Encoders encoders = new Encoders(shape, weights, device, idle);
        try {
            List<Integer> numbers = new ArrayList<>();
            for (int song = 0; song < sounds.songs().size(); song++) {
                numbers.add(song);
            }
            return new TrainedCodes(work.over(numbers, song -> encoded(folder, shape, digest, sounds, song, encoders)));
        } finally {
            idle.forEach(VqVae::close);
        }
    }

    private static Song encoded(
            Path folder, VqVaeShape shape, String digest, SongSounds sounds, int song, Encoders encoders)
            throws IOException {
        SongSounds.Sound sound = sounds.songs().get(song);
        int hop = shape.hop(shape.levels() - 1);
        long samples = sound.frames() / hop * hop;
        String name =
                sound.samples().getFileName().toString().replaceFirst("\\..*", "") + "." + digest.substring(0, 16);
        List<Path> files = new ArrayList<>();
        for (int level = 0; level < shape.levels(); level++) {
            files.add(folder.resolve(name + ".level-" + level + ".codes"));
        }
        if (!files.stream().allMatch(Files::exists)) {
            float[] heard = sounds.excerpt(song, 0, Math.toIntExact(samples), Downmix.EVEN);
            VqVae vqVae = encoders.take();
            try {
                for (int level = 0; level < files.size(); level++) {
                    write(files.get(level), new ChunkedEncoder(vqVae.level(level)).encode(heard));
                }
            } finally {
                encoders.idle().add(vqVae);
            }
        }
        return new Song(sound, samples, List.copyOf(files));
    }

    /** A VQ-VAE for each thread that encodes, loaded when there is something to encode. */
    private record Encoders(VqVaeShape shape, Path weights, Device device, Queue<VqVae> idle) {
        VqVae take() throws IOException {
            VqVae vqVae = idle.poll();
            return vqVae == null ? VqVae.load(device, shape, SafetensorsFile.open(weights)) : vqVae;
        }
    }

    private static void write(Path file, long[] codes) throws IOException {
        short[] numbers = new short[codes.length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (short) codes[i];
        }
        ShortsFile.write(file, numbers);
    }

    /** The songs, in the order of the manifest. */
    List<Song> songs() {
        return songs;
    }

    /** Codes {@code from} to below {@code from + length} of one level of a song. */
    int[] codes(int song, int level, int from, int length) throws IOException {
        short[] numbers = ShortsFile.read(songs.get(song).files().get(level), from, length);
        int[] codes = new int[length];
        for (int i = 0; i < length; i++) {
            codes[i] = Short.toUnsignedInt(numbers[i]);
        }
        return codes;
    }
}
