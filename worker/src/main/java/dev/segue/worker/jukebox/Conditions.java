package dev.segue.worker.jukebox;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.torch.LargeBlocks;
import java.util.Arrays;
import java.util.Collections;

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
        return of(owner, labels(owner, y, above), above);
    }

    /**
     * Puts a window into a slot of the prior, conditioned as {@link #of} says.
     *
     * @param scratch what the condition is computed in
     * @param symbols the stream so far, [1, p]
     * @throws IllegalArgumentException as {@link #of}
     */
    public void join(NDManager scratch, int slot, NDArray symbols, long[] y, int[] above) {
        LabelRows labels = labels(scratch, y, above);
        LargeBlocks.mapped(() -> {
            if (above != null) {
                NDArray codes = row(scratch, above);
                prior.joinUpsampled(slot, symbols, start(scratch, labels), codes, memory(scratch, labels));
            } else if (shape.timing() != null) {
                prior.joinTimed(slot, symbols, start(scratch, labels), labels, memory(scratch, labels));
            } else {
                prior.join(slot, symbols, of(scratch, labels, null));
            }
        });
    }

    private Prior.Condition of(NDManager owner, LabelRows labels, int[] above) {
        return new Prior.Condition(
                start(owner, labels),
                prior.behindPrefix(owner, positions(owner, labels, above)),
                memory(owner, labels));
    }

    private LabelRows labels(NDManager owner, long[] y, int[] above) {
        if ((above == null ? 0 : above.length) != shape.codesAbove()) {
            throw new IllegalArgumentException("codes of the level above has " + (above == null ? 0 : above.length)
                    + " entries but the prior takes " + shape.codesAbove());
        }
        return LabelRows.of(owner, shape, Collections.singletonList(y));
    }

    private NDArray start(NDManager owner, LabelRows labels) {
        return shape.labels() == null ? prior.start(owner, 1) : prior.start(owner, labels.artists(), labels.genres());
    }

    private NDArray positions(NDManager owner, LabelRows labels, int[] above) {
        if (above != null) {
            return prior.condition(owner, row(owner, above));
        }
        return shape.timing() == null
                ? prior.noCondition(owner, 1)
                : prior.timing(owner, labels.total(), labels.absolute(), labels.relative());
    }

    private NDArray memory(NDManager owner, LabelRows labels) {
        return shape.lyrics() == null || shape.lyrics().singleStream()
                ? prior.noMemory(owner, 1)
                : prior.memory(owner, prior.encodeLyrics(owner, labels.lyrics()));
    }

    private static NDArray row(NDManager owner, int[] codes) {
        return owner.create(Arrays.stream(codes).asLongStream().toArray(), new Shape(1, codes.length));
    }
}
