package dev.segue.worker.trainer;

import ai.djl.Device;
import dev.segue.contracts.model.VqVaeShape;
import dev.segue.worker.audio.Downmix;
import dev.segue.worker.jukebox.ChunkedEncoder;
import dev.segue.worker.jukebox.VqVae;
import dev.segue.worker.weights.SafetensorsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The codes of songs as a trained VQ-VAE hears them whole, kept in a folder. The original encodes each item anew; here a
 * song is encoded once, so that a window's codes are those that lie there in the song. Immutable; any thread may read.
 */
final class TrainedCodes {
    private static final int BYTES = 2;
    private static final int MASK = 0xFFFF;

    private final List<Song> songs;

    private TrainedCodes(List<Song> songs) {
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
     * @param threads songs at the same time
     */
    static TrainedCodes of(
            Path folder,
            VqVaeShape shape,
            Path weights,
            String digest,
            SongSounds sounds,
            Device device,
            int threads,
            SongWork work)
            throws IOException {
        Files.createDirectories(folder);
        BlockingQueue<VqVae> idle = new LinkedBlockingQueue<>();
        try {
            for (int i = 0; i < threads; i++) {
                idle.add(VqVae.load(device, shape, SafetensorsFile.open(weights)));
            }
            List<Integer> numbers = new ArrayList<>();
            for (int song = 0; song < sounds.songs().size(); song++) {
                numbers.add(song);
            }
            return new TrainedCodes(work.over(numbers, song -> encoded(folder, shape, digest, sounds, song, idle)));
        } finally {
            idle.forEach(VqVae::close);
        }
    }

    private static Song encoded(
            Path folder, VqVaeShape shape, String digest, SongSounds sounds, int song, BlockingQueue<VqVae> idle)
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
            VqVae vqVae = take(idle);
            try {
                for (int level = 0; level < files.size(); level++) {
                    write(files.get(level), new ChunkedEncoder(vqVae.level(level)).encode(heard));
                }
            } finally {
                idle.add(vqVae);
            }
        }
        return new Song(sound, samples, List.copyOf(files));
    }

    private static VqVae take(BlockingQueue<VqVae> idle) throws IOException {
        try {
            return idle.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while encoding songs", e);
        }
    }

    private static void write(Path file, long[] codes) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(codes.length * BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long code : codes) {
            bytes.putShort((short) code);
        }
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.write(part, bytes.array());
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The songs, in the order of the manifest. */
    List<Song> songs() {
        return songs;
    }

    /** Codes {@code from} to below {@code from + length} of one level of a song. */
    int[] codes(int song, int level, int from, int length) throws IOException {
        Path file = songs.get(song).files().get(level);
        ByteBuffer bytes = ByteBuffer.allocate(length * BYTES).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, (long) from * BYTES + bytes.position()) < 0) {
                    throw new IOException(file + " ends before code " + (from + length) + " of "
                            + songs.get(song).sound().song().file() + "; delete it, it is made again");
                }
            }
        }
        bytes.flip();
        int[] codes = new int[length];
        for (int i = 0; i < length; i++) {
            codes[i] = bytes.getShort() & MASK;
        }
        return codes;
    }
}
