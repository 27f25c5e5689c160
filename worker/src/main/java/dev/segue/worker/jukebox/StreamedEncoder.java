package dev.segue.worker.jukebox;

import dev.segue.contracts.request.RejectedException;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Tiles;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Encodes sound at every level while it arrives, tile by tile, with the same tiles as {@link ChunkedEncoder} and thus the
 * same codes bit for bit. It holds the sound of the longest tile with its margins. The end of the sound is cut to whole
 * codes of the top level.
 *
 * <p>Owned by the thread that owns the VQ-VAE.
 */
public final class StreamedEncoder {
    /** Where codes go. */
    @FunctionalInterface
    public interface Sink {
        /**
         * Takes the next codes of a level; each level's come in their order, without gaps.
         *
         * @param level of the codes
         * @param start index of the first of them
         */
        void accept(int level, int start, long[] codes) throws IOException;
    }

    private final List<ChunkedEncoder> encoders;
    private final int[] next;
    private final Sink sink;
    private final int topHop;
    private float[] held = new float[0];
    private int count;
    /** Index of held[0] in the sound. */
    private long first;

    /** Encodes with the tiles that suit each level. */
    public StreamedEncoder(VqVae vqVae, Sink sink) {
        this(
                IntStream.range(0, vqVae.shape().levels())
                        .mapToObj(level -> new ChunkedEncoder(vqVae.level(level)))
                        .toList(),
                sink);
    }

    /** Encodes as the encoders of the levels do, the finest first. */
    StreamedEncoder(List<ChunkedEncoder> encoders, Sink sink) {
        this.encoders = List.copyOf(encoders);
        this.next = new int[encoders.size()];
        this.sink = sink;
        this.topHop = encoders.get(encoders.size() - 1).hop();
    }

    /**
     * Adds the first {@code length} samples of {@code sound}, mono, at the VQ-VAE's rate.
     *
     * @throws IOException from the sink
     */
    public void write(float[] sound, int length) throws IOException {
        if (held.length < count + length) {
            held = Arrays.copyOf(held, Math.max(count + length, held.length + held.length / 2));
        }
        System.arraycopy(sound, 0, held, count, length);
        count += length;
        long usable = (first + count) / topHop * topHop;
        encode(usable, false);
        discard();
    }

    /**
     * Encodes the rest.
     *
     * @return samples that the codes stand for, a multiple of the top level's hop
     * @throws RejectedException if there is less than one code of the top level
     * @throws IOException from the sink
     */
    public long finish() throws IOException {
        long written = first + count;
        long usable = written / topHop * topHop;
        if (usable == 0) {
            throw new RejectedException(new Rejection.PromptDoesNotFit(topHop, written, topHop));
        }
        encode(usable, true);
        return usable;
    }

    private void encode(long usable, boolean whole) throws IOException {
        for (int level = 0; level < encoders.size(); level++) {
            ChunkedEncoder encoder = encoders.get(level);
            Tiles tiles = encoder.tiles();
            int hop = encoder.hop();
            int total = Math.toIntExact(usable / hop);
            while (next[level] < total) {
                CodeRange tile = new CodeRange(next[level], Math.min(total, next[level] + tiles.length()));
                // What a tile needs must be there in full, unless nothing more will come.
                if (!whole && (long) next[level] + tiles.length() + tiles.margin() > total) {
                    break;
                }
                CodeRange input = tiles.input(tile, total);
                float[] around = Arrays.copyOfRange(
                        held,
                        Math.toIntExact((long) input.start() * hop - first),
                        Math.toIntExact((long) input.end() * hop - first));
                sink.accept(
                        level, tile.start(), encoder.encodeTile(around, tile.start() - input.start(), tile.length()));
                next[level] = tile.end();
            }
        }
    }

    /** Forgets sound that no later tile of any level needs. */
    private void discard() {
        long needed = first + count;
        for (int level = 0; level < encoders.size(); level++) {
            ChunkedEncoder encoder = encoders.get(level);
            long from = (long) Math.max(0, next[level] - encoder.margin()) * encoder.hop();
            needed = Math.min(needed, from);
        }
        int gone = (int) (needed - first);
        System.arraycopy(held, gone, held, 0, count - gone);
        count -= gone;
        first += gone;
    }
}
