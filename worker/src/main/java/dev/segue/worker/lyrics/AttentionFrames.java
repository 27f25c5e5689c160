package dev.segue.worker.lyrics;

import dev.segue.worker.jukebox.alignment.Alignment;
import java.util.Arrays;

/**
 * An alignment with its codes pooled to frames, each from 0 to 1 and 0 wherever the model attends no more than it does to
 * any character. Only what a frame attends to takes memory. Immutable.
 */
final class AttentionFrames {
    /** How much more than the mean of its frame a character must get. */
    private static final double FOCUS = 4;
    /** Heard characters from which on that is asked; of fewer, whose mean is large, proportionally less. */
    private static final double MANY = 32;
    /** Row maxima up to this share of all are taken for what full attention is. */
    private static final double FULL = 0.9;

    private final float[][] weights;
    private final int[] from;
    private final int[] reached;

    private AttentionFrames(float[][] weights, int[] from, int[] reached) {
        this.weights = weights;
        this.from = from;
        this.reached = reached;
    }

    /** Pools {@code codesPerFrame} codes, of the last frame fewer. */
    static AttentionFrames of(Alignment alignment, int codesPerFrame) {
        int frames = (alignment.codes() + codesPerFrame - 1) / codesPerFrame;
        float[][] weights = new float[frames][];
        int[] from = new int[frames];
        int[] reached = new int[frames];
        // Position i of the alignment is read while the model hears character i - 1.
        int characters = Math.max(0, alignment.characters() - 1);
        float[] pooled = new float[characters];
        for (int frame = 0; frame < frames; frame++) {
            pool(alignment, frame * codesPerFrame, codesPerFrame, pooled);
            focus(pooled);
            int to = last(pooled);
            from[frame] = Math.min(first(pooled), to);
            weights[frame] = Arrays.copyOfRange(pooled, from[frame], to);
            reached[frame] = Math.max(to, frame == 0 ? 0 : reached[frame - 1]);
        }
        scale(weights);
        return new AttentionFrames(weights, from, reached);
    }

    private static void pool(Alignment alignment, int start, int length, float[] pooled) {
        Arrays.fill(pooled, 0);
        int end = Math.min(alignment.codes(), start + length);
        for (int code = start; code < end; code++) {
            for (int character = 0; character < pooled.length; character++) {
                pooled[character] += alignment.weight(code, character + 1) / (end - start);
            }
        }
    }

    private static void focus(float[] pooled) {
        double sum = 0;
        int heard = 0;
        for (float weight : pooled) {
            sum += weight;
            heard += weight > 0 ? 1 : 0;
        }
        double least = heard == 0 ? 0 : sum / heard * Math.min(FOCUS, Math.max(1, FOCUS * heard / MANY));
        for (int i = 0; i < pooled.length; i++) {
            pooled[i] = pooled[i] < least ? 0 : pooled[i];
        }
    }

    private static int first(float[] pooled) {
        int first = 0;
        while (first < pooled.length && pooled[first] == 0) {
            first++;
        }
        return first;
    }

    private static int last(float[] pooled) {
        int last = pooled.length;
        while (last > 0 && pooled[last - 1] == 0) {
            last--;
        }
        return last;
    }

    /** So that what counts as full attention does not depend on how many keys share it. */
    private static void scale(float[][] weights) {
        float[] largest = new float[weights.length];
        for (int frame = 0; frame < weights.length; frame++) {
            for (float weight : weights[frame]) {
                largest[frame] = Math.max(largest[frame], weight);
            }
        }
        float[] attended = sortedPositive(largest);
        if (attended.length == 0) {
            return;
        }
        float full = attended[(int) (FULL * (attended.length - 1))];
        for (float[] frame : weights) {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = Math.min(1, frame[i] / full);
            }
        }
    }

    private static float[] sortedPositive(float[] values) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        int zeros = 0;
        while (zeros < sorted.length && sorted[zeros] == 0) {
            zeros++;
        }
        return Arrays.copyOfRange(sorted, zeros, sorted.length);
    }

    int frames() {
        return weights.length;
    }

    /** Characters up to the last one that has been attended to in a frame or before it. */
    int reached(int frame) {
        return reached[frame];
    }

    /** Attention of a frame to a character. */
    float at(int frame, int character) {
        int index = character - from[frame];
        return index < 0 || index >= weights[frame].length ? 0 : weights[frame][index];
    }
}
