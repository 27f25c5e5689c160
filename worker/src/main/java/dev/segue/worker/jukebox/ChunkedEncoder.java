package dev.segue.worker.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.ReceptiveField;
import dev.segue.contracts.window.CodeRange;
import dev.segue.contracts.window.Tiles;
import java.util.Arrays;

/**
 * Encodes sound of any length in bounded memory, tile by tile with the margin that {@link ReceptiveField} gives, as
 * {@link ChunkedDecoder} decodes. Its codes are those of encoding the sound whole, except where two codebook entries
 * are equally near to within rounding, 1e-6 of the distance.
 *
 * <p>Owned by the thread that owns the level.
 */
public final class ChunkedEncoder {
    private final VqVaeLevel level;
    private final Tiles tiles;

    /** Encodes with the tiles that suit the level. */
    public ChunkedEncoder(VqVaeLevel level) {
        this.level = level;
        this.tiles = Tiles.around(level.receptiveField().encoderMargin(), level.hop());
    }

    /**
     * Encodes with {@code tile} codes per tile.
     *
     * @throws IllegalArgumentException if a tile is less than a code
     */
    public ChunkedEncoder(VqVaeLevel level, int tile) {
        this.level = level;
        this.tiles = new Tiles(tile, level.receptiveField().encoderMargin());
    }

    /** Codes' worth of sound on each side of a tile that its codes depend on. */
    public int margin() {
        return tiles.margin();
    }

    /**
     * The codes of {@code sound}, one per hop.
     *
     * @throws IllegalArgumentException if the sound is empty or no multiple of the hop
     */
    public long[] encode(float[] sound) {
        int hop = level.hop();
        if (sound.length == 0 || sound.length % hop != 0) {
            throw new IllegalArgumentException("sound has " + sound.length
                    + " samples; encoding needs a positive multiple of the hop, " + hop + ": cut or pad it");
        }
        int total = sound.length / hop;
        long[] codes = new long[total];
        for (CodeRange tile : tiles.touched(new CodeRange(0, total), total)) {
            CodeRange input = tiles.input(tile, total);
            float[] around = Arrays.copyOfRange(sound, input.start() * hop, input.end() * hop);
            long[] encoded = encodeTile(around, tile.start() - input.start(), tile.length());
            System.arraycopy(encoded, 0, codes, tile.start(), tile.length());
        }
        return codes;
    }

    Tiles tiles() {
        return tiles;
    }

    int hop() {
        return level.hop();
    }

    /** Codes of one tile from the sound of its input, which begins {@code skipped} codes before it. */
    long[] encodeTile(float[] input, int skipped, int length) {
        return Arrays.copyOfRange(encodeWhole(input), skipped, skipped + length);
    }

    private long[] encodeWhole(float[] sound) {
        try (NDManager manager = level.newManager()) {
            NDArray batch = manager.create(sound, new Shape(1, sound.length));
            return level.encode(manager, batch).toLongArray();
        }
    }
}
