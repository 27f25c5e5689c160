package dev.segue.worker.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.WindowSchedule;
import dev.segue.worker.jukebox.Conditions;
import dev.segue.worker.jukebox.Prior;
import dev.segue.worker.jukebox.alignment.Alignment;
import dev.segue.worker.jukebox.alignment.AlignmentMerge;
import dev.segue.worker.jukebox.alignment.WindowAttention;
import dev.segue.worker.jukebox.labels.Labeller;
import dev.segue.worker.jukebox.labels.Labels;
import dev.segue.worker.jukebox.labels.WindowLabels;
import java.util.Arrays;
import java.util.Iterator;

/**
 * Tells which character of the lyrics is sung at which code, from the attention of the top-level prior's alignment head
 * (specification §10). One whole pass a window.
 *
 * <p>Owned by the thread that owns the prior.
 */
public final class LyricAligner {
    private final Prior prior;
    private final Level level;
    private final Labeller labeller;

    /**
     * Aligns what a prior has sampled.
     *
     * @param prior of the top level; stays the caller's
     * @param level where its codes lie in time
     * @param labeller makes its label rows
     * @throws IllegalArgumentException if the prior hears no lyrics or has no alignment head
     */
    public LyricAligner(Prior prior, Level level, Labeller labeller) {
        if (prior.shape().lyrics() == null || prior.shape().lyrics().alignmentLayer() == null) {
            throw new IllegalArgumentException("the prior of level " + level.number()
                    + " has no alignment head; only a prior with lyrics and a known alignmentLayer can be aligned");
        }
        this.prior = prior;
        this.level = level;
        this.labeller = labeller;
    }

    /**
     * Aligns the codes of a whole song at the prior's level.
     *
     * @param codes those of the song so far; as many as there are, even fewer than a window
     * @param labels what the song was sampled with
     */
    public Alignment align(int[] codes, Labels labels) {
        Passes passes = begin(codes, labels);
        while (passes.hasNext()) {
            passes.next();
        }
        return passes.alignment();
    }

    /**
     * The same in pieces, so that the prior can do other things in between.
     *
     * @param codes as for {@link #align}
     * @param labels as for {@link #align}
     */
    public Passes begin(int[] codes, Labels labels) {
        return new Passes(codes, labels);
    }

    /** The passes over one song, a window each. Owned by the thread that owns the prior. */
    public final class Passes {
        private final int[] padded;
        private final Labels labels;
        private final Iterator<Integer> starts;
        private final AlignmentMerge merge;

        private Passes(int[] codes, Labels labels) {
            this.merge = new AlignmentMerge(codes.length, labels.lyricTokens().length);
            this.padded = Arrays.copyOf(codes, Math.max(codes.length, level.context()));
            this.labels = labels;
            this.starts = WindowSchedule.starts(padded.length, level.context(), level.windowHop())
                    .iterator();
        }

        /** Whether there is a window left. */
        public boolean hasNext() {
            return starts.hasNext();
        }

        /** Does one window. */
        public void next() {
            int start = starts.next();
            WindowLabels window = labeller.window(labels, start);
            float[][] weights = weights(Arrays.copyOfRange(padded, start, start + level.context()), window.y());
            merge.add(new WindowAttention(start, weights, window.lyricIndices()));
        }

        /** What came of it, once there is no window left. May be asked for by any one thread, and once. */
        public Alignment alignment() {
            return merge.alignment();
        }
    }

    /** Weights of one window, [K, lyric tokens]. */
    private float[][] weights(int[] codes, long[] y) {
        long[] symbols = prior.shape().stream(y, codes);
        try (NDManager scratch = prior.newManager()) {
            NDArray stream = scratch.create(symbols, new Shape(1, symbols.length));
            float[] flat = prior.alignment(scratch, stream, new Conditions(prior).of(scratch, y, null))
                    .toFloatArray();
            int tokens = flat.length / codes.length;
            float[][] weights = new float[codes.length][];
            for (int i = 0; i < codes.length; i++) {
                weights[i] = Arrays.copyOfRange(flat, i * tokens, (i + 1) * tokens);
            }
            return weights;
        }
    }
}
