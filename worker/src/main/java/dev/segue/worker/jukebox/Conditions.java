package dev.segue.worker.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.torch.LargeBlocks;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Turns a window's label row and the codes above it into what its prior is conditioned on (specification §5).
 *
 * <p>Owned by the thread that owns the prior.
 */
public final class Conditions {
    private final Prior prior;
    private final PriorShape shape;

    /** Conditions windows of {@code prior}, which stays the caller's. */
    public Conditions(Prior prior) {
        this.prior = prior;
        this.shape = prior.shape();
    }

    /**
     * The condition of one window, a batch of one.
     *
     * @param y label row; null for an unlabelled prior
     * @param above codes of the level above that cover the window; null for a top level
     * @throws IllegalArgumentException if either is not what the prior takes
     */
    public Prior.Condition of(NDManager owner, long[] y, int[] above) {
        return ofBatch(owner, Collections.singletonList(y), Collections.singletonList(above));
    }

    /**
     * The conditions of several windows, as one batch.
     *
     * @param y label rows; null entries for an unlabelled prior
     * @param above codes of the level above that cover each window; null entries for a top level
     * @throws IllegalArgumentException if any is not what the prior takes
     */
    public Prior.Condition ofBatch(NDManager owner, List<long[]> y, List<int[]> above) {
        LabelRows labels = labels(owner, y, above);
        return new Prior.Condition(
                start(owner, labels, y.size()),
                prior.behindPrefix(owner, positions(owner, labels, above)),
                memory(owner, labels, y.size()));
    }

    /**
     * Puts a window into a slot of the prior, conditioned as {@link #of} says.
     *
     * @param scratch what the condition is computed in
     * @param symbols the stream so far, [1, p]
     * @throws IllegalArgumentException as {@link #of}
     */
    public void join(NDManager scratch, int slot, NDArray symbols, long[] y, int[] above) {
        List<int[]> codes = Collections.singletonList(above);
        LabelRows labels = labels(scratch, Collections.singletonList(y), codes);
        LargeBlocks.mapped(() -> {
            NDArray start = start(scratch, labels, 1);
            NDArray memory = memory(scratch, labels, 1);
            if (above != null) {
                prior.joinUpsampled(slot, symbols, start, rows(scratch, codes), memory);
            } else if (shape.timing() != null) {
                prior.joinTimed(slot, symbols, start, labels, memory);
            } else {
                NDArray positions = prior.behindPrefix(scratch, prior.noCondition(scratch, 1));
                prior.join(slot, symbols, new Prior.Condition(start, positions, memory));
            }
        });
    }

    private LabelRows labels(NDManager owner, List<long[]> y, List<int[]> above) {
        for (int[] codes : above) {
            if ((codes == null ? 0 : codes.length) != shape.codesAbove()) {
                throw new IllegalArgumentException("codes of the level above has " + (codes == null ? 0 : codes.length)
                        + " entries but the prior takes " + shape.codesAbove());
            }
        }
        return LabelRows.of(owner, shape, y);
    }

    private NDArray start(NDManager owner, LabelRows labels, int batch) {
        return shape.labels() == null
                ? prior.start(owner, batch)
                : prior.start(owner, labels.artists(), labels.genres());
    }

    private NDArray positions(NDManager owner, LabelRows labels, List<int[]> above) {
        if (shape.codesAbove() > 0) {
            return prior.condition(owner, rows(owner, above));
        }
        return shape.timing() == null
                ? prior.noCondition(owner, above.size())
                : prior.timing(owner, labels.total(), labels.absolute(), labels.relative());
    }

    private NDArray memory(NDManager owner, LabelRows labels, int batch) {
        return shape.lyrics() == null || shape.lyrics().singleStream()
                ? prior.noMemory(owner, batch)
                : prior.memory(owner, prior.encodeLyrics(owner, labels.lyrics()));
    }

    private NDArray rows(NDManager owner, List<int[]> codes) {
        long[] all = codes.stream().flatMapToInt(Arrays::stream).asLongStream().toArray();
        return owner.create(all, new Shape(codes.size(), shape.codesAbove()));
    }
}
