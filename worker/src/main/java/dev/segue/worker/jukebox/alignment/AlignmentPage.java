package dev.segue.worker.jukebox.alignment;

import dev.segue.worker.jukebox.labels.LyricVocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * An alignment as the original's web page shows it: few rows, blurred, in bytes (specification §10).
 */
public final class AlignmentPage {
    /** Top-level codes per row. */
    private static final int CODES_PER_ROW = 16;

    private static final double BLUR_RADIUS = 1.5;
    private static final int FULL = 255;

    private final List<String> characters;
    private final ByteImage image;

    private AlignmentPage(List<String> characters, ByteImage image) {
        this.characters = characters;
        this.image = image;
    }

    /**
     * The page of an alignment. A lyric that is never attended to gives a page without characters, where the original
     * fails.
     *
     * @param alignment of the song
     * @param tokens of the whole lyric
     * @param vocabulary what the tokens stand for
     */
    public static AlignmentPage of(Alignment alignment, int[] tokens, LyricVocabulary vocabulary) {
        int kept = alignment.heardCharacters();
        ByteImage fine = new ByteImage(alignment.codes(), kept);
        for (int row = 0; row < alignment.codes(); row++) {
            for (int column = 0; column < kept; column++) {
                fine.set(row, column, (int) (alignment.weight(row, column) * FULL));
            }
        }
        List<String> characters = new ArrayList<>();
        for (int column = 0; column < kept; column++) {
            // Shifted by one: the key at position i belongs to token i - 1.
            characters.add(column == 0 ? "" : vocabulary.character(tokens[column - 1]));
        }
        return new AlignmentPage(
                List.copyOf(characters),
                fine.withRows(alignment.codes() / CODES_PER_ROW).blurred(BLUR_RADIUS));
    }

    /** The characters that are shown, one per column: what {@code lyrics.json} lists. */
    public List<String> characters() {
        return characters;
    }

    /** Attention from 0 to 255, {@code [rows][characters]}: what {@code align.json} holds. */
    public int[][] rows() {
        return image.rows();
    }

    /**
     * The row to show at {@code seconds} of a song of {@code duration} seconds; empty at its very beginning and end,
     * where the page keeps what it shows.
     */
    public OptionalInt rowAt(double seconds, double duration) {
        int rows = image.height();
        int row = (int) Math.floor(seconds * rows / duration);
        return row <= 0 || row >= rows ? OptionalInt.empty() : OptionalInt.of(row);
    }

    /** The green and blue parts of the colour of a character with attention {@code value}; red is always 255. */
    public static int paleness(int value) {
        return Math.max(230 - 10 * value, 0);
    }
}
