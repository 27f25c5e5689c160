package dev.segue.worker.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.labels.TimeBins;
import dev.segue.worker.jukebox.labels.Timing;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Label rows y of a batch (specification §8.5), taken apart as the scripts want them; what a prior does not take is
 * empty.
 *
 * @param artists ids [N]
 * @param genres ids [N, words], −1 for an empty place
 * @param total bins of the total length [N, 1]
 * @param absolute bins of each code's place in time [N, K]
 * @param relative bins of each code's share of the song [N, K]
 * @param lyrics lyric tokens [N, n_tokens]
 */
public record LabelRows(
        NDArray artists, NDArray genres, NDArray total, NDArray absolute, NDArray relative, NDArray lyrics) {
    private static final int TOTAL = 0;
    private static final int OFFSET = 1;
    private static final int SAMPLES = 2;
    private static final int ARTIST = 3;
    private static final int GENRES = 4;

    /**
     * Takes rows apart.
     *
     * @param rows one an item; null for an unlabelled prior
     * @throws IllegalArgumentException if a row is not as long as the prior's rows are, or its times cannot be
     */
    public static LabelRows of(NDManager owner, PriorShape shape, List<long[]> rows) {
        rows.forEach(row -> requireLength(row, columns(shape)));
        int words = shape.labels() == null ? 0 : shape.labels().maxGenreWords();
        NDArray none = owner.zeros(new Shape(0), DataType.INT64);
        NDArray total = none;
        NDArray absolute = none;
        NDArray relative = none;
        if (shape.timing() != null) {
            Timing timing = Timing.of(shape);
            List<TimeBins> bins = rows.stream()
                    .map(y -> timing.bins(y[TOTAL], y[OFFSET], y[SAMPLES]))
                    .toList();
            total = matrix(owner, bins, item -> new long[] {item.totalLength()});
            absolute = matrix(owner, bins, item -> longs(item.absolute()));
            relative = matrix(owner, bins, item -> longs(item.relative()));
        }
        return new LabelRows(
                shape.labels() == null
                        ? none
                        : owner.create(rows.stream().mapToLong(y -> y[ARTIST]).toArray()),
                shape.labels() == null ? none : matrix(owner, rows, y -> Arrays.copyOfRange(y, GENRES, GENRES + words)),
                total,
                absolute,
                relative,
                shape.lyrics() == null
                        ? none
                        : matrix(owner, rows, y -> Arrays.copyOfRange(y, y.length - shape.lyricTokens(), y.length)));
    }

    /** Entries of the prior's label rows; 0 if it is unlabelled. */
    private static int columns(PriorShape shape) {
        return shape.labels() == null ? 0 : GENRES + shape.labels().maxGenreWords() + shape.lyricTokens();
    }

    private static void requireLength(long[] row, int expected) {
        int actual = row == null ? 0 : row.length;
        if (actual != expected) {
            throw new IllegalArgumentException("label row has " + actual + " entries but the prior takes " + expected);
        }
    }

    private static <T> NDArray matrix(NDManager owner, List<T> items, Function<T, long[]> row) {
        long[] all = items.stream().map(row).flatMapToLong(Arrays::stream).toArray();
        return owner.create(all, new Shape(items.size(), all.length / items.size()));
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }
}
