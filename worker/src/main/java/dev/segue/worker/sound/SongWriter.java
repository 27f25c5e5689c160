package dev.segue.worker.sound;

import dev.segue.worker.audio.SampleDepth;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Joins the pieces of a song, in their order and without loss, to its finished files, all of which are written at the
 * same time in bounded memory. Closing before {@link #finish} deletes them. Owned by one thread.
 */
public final class SongWriter implements Closeable {
    private static final int SAMPLES = 1 << 14;

    /** What can be made of a song. */
    public enum Output {
        FLAC("song.flac"),
        WAV("song.wav"),
        PEAKS("peaks.json");

        private final String fileName;

        Output(String fileName) {
            this.fileName = fileName;
        }

        /** What the file is called. */
        public String fileName() {
            return fileName;
        }
    }

    /**
     * A song that is to be written.
     *
     * @param sampleRate in Hz
     * @param samples of the whole song
     * @param depth of its files; pieces may be deeper, whose lowest bits are then dropped
     * @param samplesPerPixel of the peaks
     */
    public record Song(int sampleRate, long samples, SampleDepth depth, int samplesPerPixel, SoundTags tags) {}

    private final Song song;
    private final List<SampleSink> sinks = new ArrayList<>();
    private final int[] piece = new int[SAMPLES];
    private final int[] truncated = new int[SAMPLES];
    private long written;

    /**
     * Begins the files of a song, replacing what is there.
     *
     * @param folder for them; their names are those of {@code outputs}
     */
    public SongWriter(Path folder, Song song, Set<Output> outputs) throws IOException {
        this.song = song;
        try {
            for (Output output : EnumSet.copyOf(outputs)) {
                sinks.add(sink(folder.resolve(output.fileName()), output));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private SampleSink sink(Path file, Output output) throws IOException {
        return switch (output) {
            case FLAC -> FlacWriter.create(file, song.sampleRate(), song.depth(), song.tags());
            case WAV -> WavWriter.create(file, song.sampleRate(), song.depth(), song.samples(), song.tags());
            case PEAKS -> PeaksWriter.create(file, song.sampleRate(), song.samples(), song.samplesPerPixel());
        };
    }

    /**
     * Adds the next piece and closes it.
     *
     * @param name what errors call it
     * @param in its bytes
     * @throws SoundException if it is damaged
     * @throws IllegalArgumentException if it is of another rate, shallower than the song or longer than its rest
     */
    public void add(String name, InputStream in) throws IOException {
        try (SoundPiece next = SoundPiece.open(name, in)) {
            boolean shallow = next.depth().bits() < song.depth().bits();
            if (next.sampleRate() != song.sampleRate() || shallow) {
                throw new IllegalArgumentException(name + " has " + next.sampleRate() + " samples per second of "
                        + next.depth().bits() + " bits, but the song " + song.sampleRate() + " of "
                        + song.depth().bits() + "; decode the piece again");
            }
            if (next.samples() > song.samples() - written) {
                throw new IllegalArgumentException(name + " has " + next.samples()
                        + " samples, but the song lacks only " + (song.samples() - written) + " of " + song.samples()
                        + "; add each piece once, in order");
            }
            for (int read = next.read(piece); read > 0; read = next.read(piece)) {
                for (SampleSink sink : sinks) {
                    for (int i = 0; i < read; i++) {
                        truncated[i] = next.depth().truncate(piece[i], sink.depth());
                    }
                    sink.write(truncated, read);
                }
                written += read;
            }
        }
    }

    /** Samples that came so far. */
    public long written() {
        return written;
    }

    /**
     * Makes the files whole.
     *
     * @throws IllegalStateException if pieces are missing
     */
    public void finish() throws IOException {
        if (written != song.samples()) {
            throw new IllegalStateException("the song has " + song.samples() + " samples, but its pieces only "
                    + written + "; add the missing ones");
        }
        for (SampleSink sink : sinks) {
            sink.finish();
        }
    }

    @Override
    public void close() throws IOException {
        for (SampleSink sink : sinks) {
            sink.close();
        }
    }
}
