package dev.segue.worker.sampling;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What {@link LyricAligner} does for one head, for every head that sees lyrics, from the same passes: to find out which
 * head is best.
 *
 * <p>Owned by the thread that owns the prior.
 */
public final class LyricHeads {
    private final Prior prior;
    private final Level level;
    private final Labeller labeller;

    /**
     * Aligns by a prior of the top level, which stays the caller's.
     *
     * @param level where its codes lie in time
     * @param labeller makes its label rows
     * @throws IllegalArgumentException if no layer of the prior sees lyrics
     */
    public LyricHeads(Prior prior, Level level, Labeller labeller) {
        if (prior.lyricLayers().isEmpty()) {
            throw new IllegalArgumentException("the prior of level " + level.number()
                    + " has no layer that sees lyrics; only a prior with lyrics can be aligned");
        }
        this.prior = prior;
        this.level = level;
        this.labeller = labeller;
    }

    /**
     * A head.
     *
     * @param layer of the decoder, from 0
     * @param head of the layer, from 0
     */
    public record Head(int layer, int head) {}

    /** Aligns the codes of a whole song at the prior's level, by each head. */
    public Map<Head, Alignment> align(int[] codes, Labels labels) {
        int context = level.context();
        int[] padded = Arrays.copyOf(codes, Math.max(codes.length, context));
        Map<Head, AlignmentMerge> merges = new LinkedHashMap<>();
        for (int start : WindowSchedule.starts(padded.length, context, level.windowHop())) {
            WindowLabels window = labeller.window(labels, start);
            pass(Arrays.copyOfRange(padded, start, start + context), window.y())
                    .forEach((head, weights) -> merges.computeIfAbsent(
                                    head, unused -> new AlignmentMerge(codes.length, labels.lyricTokens().length))
                            .add(new WindowAttention(start, weights, window.lyricIndices())));
        }
        Map<Head, Alignment> alignments = new LinkedHashMap<>();
        merges.forEach((head, merge) -> alignments.put(head, merge.alignment()));
        return alignments;
    }

    /** Weights of one window by each head, [K][lyric tokens]. */
    private Map<Head, float[][]> pass(int[] codes, long[] y) {
        long[] symbols = prior.shape().stream(y, codes);
        Map<Head, float[][]> weights = new LinkedHashMap<>();
        try (NDManager scratch = prior.newManager()) {
            NDArray stream = scratch.create(symbols, new Shape(1, symbols.length));
            NDList layers = prior.lyricAttention(scratch, stream, new Conditions(prior).of(scratch, y, null));
            for (int i = 0; i < layers.size(); i++) {
                Shape shape = layers.get(i).getShape(); // [1, heads, K, tokens]
                float[] flat = layers.get(i).toFloatArray();
                int tokens = (int) shape.get(3);
                for (int head = 0; head < shape.get(1); head++) {
                    float[][] rows = new float[codes.length][];
                    for (int code = 0; code < codes.length; code++) {
                        int from = (head * codes.length + code) * tokens;
                        rows[code] = Arrays.copyOfRange(flat, from, from + tokens);
                    }
                    weights.put(new Head(prior.lyricLayers().get(i), head), rows);
                }
            }
        }
        return weights;
    }
}
