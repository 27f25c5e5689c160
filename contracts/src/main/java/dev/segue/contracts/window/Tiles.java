package dev.segue.contracts.window;

import java.util.ArrayList;
import java.util.List;

/**
 * A fixed grid over a song's codes, whose tiles are computed in one piece together with a margin on each side.
 *
 * @param length codes per tile; the last one of a song may be shorter
 * @param margin codes on each side that a tile's result depends on
 */
public record Tiles(int length, int margin) {

    public Tiles {
        if (length < 1) {
            throw new IllegalArgumentException("a tile has " + length + " codes; give it at least one");
        }
    }

    /**
     * The grid to use where nothing speaks for another: a power of two of codes, at least 2^16 samples, of which more
     * was measured to be slower for want of cache, and at least twice the margin, which is computed for nothing.
     */
    public static Tiles around(int margin, int hop) {
        int least = Math.max(1 + ((1 << 16) - 1) / hop, 2 * margin);
        return new Tiles(least == 1 ? 1 : Integer.highestOneBit(least - 1) << 1, margin);
    }

    /** The tiles that a range of a song of {@code total} codes touches. */
    public List<CodeRange> touched(CodeRange range, int total) {
        if (range.isEmpty() || range.end() > total) {
            throw new IllegalArgumentException("range [" + range.start() + ", " + range.end()
                    + ") is empty or beyond the song's " + total + " codes; ask for codes that it has");
        }
        List<CodeRange> tiles = new ArrayList<>();
        for (int start = range.start() - range.start() % length; start < range.end(); start += length) {
            tiles.add(new CodeRange(start, Math.min(total, start + length)));
        }
        return tiles;
    }

    /** A tile and the margin around it, as far as the song has one. */
    public CodeRange input(CodeRange tile, int total) {
        return new CodeRange(Math.max(0, tile.start() - margin), Math.min(total, tile.end() + margin));
    }

    /** All codes that the tiles of a range need. */
    public CodeRange needed(CodeRange range, int total) {
        List<CodeRange> tiles = touched(range, total);
        return new CodeRange(
                input(tiles.get(0), total).start(),
                input(tiles.get(tiles.size() - 1), total).end());
    }
}
