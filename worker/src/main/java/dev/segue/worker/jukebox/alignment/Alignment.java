package dev.segue.worker.jukebox.alignment;

import java.util.Objects;

/**
 * For every top-level code of a song, how much attention each character of the lyric got: a matrix
 * {@code [codes][characters]}. Position i of the lyric is read while the model hears character i − 1.
 * Immutable.
 */
public final class Alignment {
    private final float[][] weights;
    private final int[] from;
    private final int characters;

    /**
     * Takes the arrays over.
     *
     * @param weights per code, those of characters that follow each other; of the others the weight is 0
     * @param from per code, the character that the first weight is of
     */
    Alignment(float[][] weights, int[] from, int characters) {
        this.weights = weights;
        this.from = from;
        this.characters = characters;
    }

    /** An alignment that was computed before: {@code [codes][characters]}; the array is copied. */
    public static Alignment of(float[][] weights, int characters) {
        float[][] copy = new float[weights.length][];
        for (int row = 0; row < copy.length; row++) {
            copy[row] = weights[row].clone();
        }
        return new Alignment(copy, new int[copy.length], characters);
    }

    /** Number of top-level codes. */
    public int codes() {
        return weights.length;
    }

    /** Number of lyric characters. */
    public int characters() {
        return characters;
    }

    /** Attention of {@code code} to {@code character}, from 0 to 1. */
    public float weight(int code, int character) {
        int at = Objects.checkIndex(character, characters) - from[code];
        return at < 0 || at >= weights[code].length ? 0 : weights[code][at];
    }

    /** Characters up to the last one that ever gets attention. */
    public int heardCharacters() {
        int heard = 0;
        for (int code = 0; code < weights.length; code++) {
            int end = weights[code].length;
            while (end > 0 && !(weights[code][end - 1] > 0)) {
                end--;
            }
            heard = end == 0 ? heard : Math.max(heard, from[code] + end);
        }
        return heard;
    }
}
