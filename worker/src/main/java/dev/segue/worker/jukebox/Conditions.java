package dev.segue.worker.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.labels.TimeBins;
import dev.segue.worker.jukebox.labels.Timing;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** Turns a window's label row and the codes above it into what its prior is conditioned on (specification §5). */
public final class Conditions {
    private static final int TOTAL = 0;
    private static final int OFFSET = 1;
    private static final int SAMPLES = 2;
    private static final int ARTIST = 3;
    private static final int GENRES = 4;

    private final Prior prior;
    private final PriorShape shape;
    private final Timing timing;

    public Conditions(Prior prior) {
        this.prior = prior;
        this.shape = prior.shape();
        this.timing = shape.timing() == null ? null : Timing.of(shape);
    }

    /**
     * The condition of one window, a batch of one.
     *
     * @param y label row; null for an unlabelled prior
     * @param above codes of the level above that cover the window; null for a top level
     * @throws IllegalArgumentException if either is not what the prior takes
     */
    public Prior.Condition of(NDManager owner, long[] y, int[] above) {
        require("label row", y == null ? 0 : y.length, columns());
        require("codes of the level above", above == null ? 0 : above.length, codesAbove());
        return new Prior.Condition(
                start(owner, y), prior.behindPrefix(owner, positions(owner, y, above)), memory(owner, y));
    }

    private NDArray start(NDManager owner, long[] y) {
        if (shape.labels() == null) {
            return prior.start(owner, 1);
        }
        int words = shape.labels().maxGenreWords();
        return prior.start(
                owner,
                owner.create(new long[] {y[ARTIST]}),
                owner.create(Arrays.copyOfRange(y, GENRES, GENRES + words), new Shape(1, words)));
    }

    private NDArray positions(NDManager owner, long[] y, int[] above) {
        if (above != null) {
            return prior.condition(owner, row(owner, IntStream.of(above).asLongStream()));
        }
        if (timing == null) {
            return prior.noCondition(owner, 1);
        }
        TimeBins bins = timing.bins(y[TOTAL], y[OFFSET], y[SAMPLES]);
        return prior.timing(
                owner,
                row(owner, LongStream.of(bins.totalLength())),
                row(owner, IntStream.of(bins.absolute()).asLongStream()),
                row(owner, IntStream.of(bins.relative()).asLongStream()));
    }

    private NDArray memory(NDManager owner, long[] y) {
        if (shape.lyrics() == null || shape.lyrics().singleStream()) {
            return prior.noMemory(owner, 1);
        }
        NDArray tokens = row(owner, Arrays.stream(y, y.length - shape.lyricTokens(), y.length));
        return prior.memory(owner, prior.encodeLyrics(owner, tokens));
    }

    private static NDArray row(NDManager owner, LongStream values) {
        long[] row = values.toArray();
        return owner.create(row, new Shape(1, row.length));
    }

    private int columns() {
        return shape.labels() == null ? 0 : GENRES + shape.labels().maxGenreWords() + shape.lyricTokens();
    }

    private int codesAbove() {
        if (shape.conditioner() == null) {
            return 0;
        }
        int factor = 1;
        for (int i = 0; i < shape.conditioner().downs(); i++) {
            factor *= shape.conditioner().stride();
        }
        return shape.context() / factor;
    }

    private static void require(String what, int actual, int expected) {
        if (actual != expected) {
            throw new IllegalArgumentException(what + " has " + actual + " entries but the prior takes " + expected);
        }
    }
}
