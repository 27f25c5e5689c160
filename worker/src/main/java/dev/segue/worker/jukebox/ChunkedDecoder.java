package dev.segue.worker.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Tiles;
import java.util.Arrays;

/**
 * Decodes songs of any length in bounded memory, and any range of a song as soon as the codes around it exist. The
 * sound of a range is the same, bit for bit, however a song is cut into ranges.
 *
 * <p>A song lies on a fixed grid of tiles. Each tile is decoded in one piece together with {@link #margin} codes on
 * each side, all that its sound depends on; at the song's beginning and end there are none, and the convolutions pad
 * with zeros as they do when a song is decoded whole. The grid is what makes bits equal: kernels are chosen, and work
 * is split among threads, by a convolution's length, so the same sample computed within another length differs in its
 * last bits (measured: by up to 1e-6 of the loudest sample, which is also how far tiles are from
 * {@link VqVaeLevel#decode}). Another number of threads or another kind of processor may change bits too.
 *
 * <p>Owned by the thread that owns the level.
 */
public final class ChunkedDecoder {
    private final VqVaeLevel level;
    private final Tiles tiles;

    /**
     * Decodes with the tiles that suit the level: 16384, 2048 and 512 codes for the released VQ-VAE, 3.0 s at level 0 and
     * 1.5 s above.
     */
    public ChunkedDecoder(VqVaeLevel level) {
        this.level = level;
        this.tiles = Tiles.around(level.receptiveField().decoderMargin(), level.hop());
    }

    /**
     * Decodes with {@code tile} codes per tile; only decoders with equal ones give equal bits.
     *
     * @throws IllegalArgumentException if a tile is less than a code
     */
    public ChunkedDecoder(VqVaeLevel level, int tile) {
        this.level = level;
        this.tiles = new Tiles(tile, level.receptiveField().decoderMargin());
    }

    /** Codes on each side of a tile that its sound depends on. */
    public int margin() {
        return tiles.margin();
    }

    /** Codes per tile. Ranges that begin and end on multiples of it cost least. */
    public int tile() {
        return tiles.length();
    }

    /**
     * The codes that {@link #decode} needs for a range: the tiles that it touches and a margin on each side.
     *
     * @param total codes of the whole song
     * @throws IllegalArgumentException if the range is empty or the song does not have it
     */
    public CodeRange needed(CodeRange range, int total) {
        return tiles.needed(range, total);
    }

    /**
     * The sound of a range, range.length * hop samples, not clamped.
     *
     * @param codes those of {@link #needed}, no more and no fewer
     * @param total codes of the whole song
     * @throws IllegalArgumentException if the codes are more or fewer, or the song does not have the range
     */
    public float[] decode(long[] codes, CodeRange range, int total) {
        CodeRange needed = needed(range, total);
        if (codes.length != needed.length()) {
            throw new IllegalArgumentException("got " + codes.length + " codes for the sound of codes [" + range.start()
                    + ", " + range.end() + "); pass the " + needed.length() + " of [" + needed.start() + ", "
                    + needed.end() + ")");
        }
        int hop = level.hop();
        float[] sound = new float[Math.multiplyExact(range.length(), hop)];
        for (CodeRange tile : tiles.touched(range, total)) {
            CodeRange input = tiles.input(tile, total);
            float[] decoded =
                    decode(Arrays.copyOfRange(codes, input.start() - needed.start(), input.end() - needed.start()));
            int from = Math.max(tile.start(), range.start());
            int to = Math.min(tile.end(), range.end());
            System.arraycopy(
                    decoded, (from - input.start()) * hop, sound, (from - range.start()) * hop, (to - from) * hop);
        }
        return sound;
    }

    private float[] decode(long[] codes) {
        try (NDManager manager = level.newManager()) {
            NDArray batch = manager.create(codes, new Shape(1, codes.length));
            return level.decode(manager, batch).toFloatArray();
        }
    }
}
