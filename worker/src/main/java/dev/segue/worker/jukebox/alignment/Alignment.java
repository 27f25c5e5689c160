package dev.segue.worker.jukebox.alignment;

import java.util.List;

/**
 * For every top-level code of a song, how much attention each character of the lyric got: a matrix
 * {@code [codes][characters]}. Position i of the lyric is read while the model hears character i − 1.
 */
public final class Alignment {
    private final float[][] weights;
    private final int characters;

    private Alignment(float[][] weights, int characters) {
        this.weights = weights;
        this.characters = characters;
    }

    /**
     * Merges the windows of a song. Where windows overlap, the earlier one counts; codes beyond {@code codes} (padding
     * of a song shorter than a window) and padding of the lyric are dropped.
     *
     * @param windows in the order of their starts
     * @param codes top-level codes of the song
     * @param characters tokens of the whole lyric
     */
    public static Alignment merge(List<WindowAttention> windows, int codes, int characters) {
        float[][] merged = new float[codes][characters];
        for (int i = windows.size() - 1; i >= 0; i--) {
            WindowAttention window = windows.get(i);
            for (int row = 0; row < window.weights().length && window.start() + row < codes; row++) {
                put(window.weights()[row], window.indices(), merged[window.start() + row]);
            }
        }
        return new Alignment(merged, characters);
    }

    /** An alignment that was computed before: {@code [codes][characters]}; the array is copied. */
    public static Alignment of(float[][] weights, int characters) {
        float[][] copy = new float[weights.length][];
        for (int row = 0; row < copy.length; row++) {
            copy[row] = weights[row].clone();
        }
        return new Alignment(copy, characters);
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
        return weights[code][character];
    }

    /** Characters up to the last one that ever gets attention. */
    public int heardCharacters() {
        for (int character = characters; character > 0; character--) {
            for (float[] row : weights) {
                if (row[character - 1] > 0) {
                    return character;
                }
            }
        }
        return 0;
    }

    private static void put(float[] from, int[] indices, float[] to) {
        for (int token = 0; token < indices.length; token++) {
            if (indices[token] >= 0) {
                to[indices[token]] = from[token];
            }
        }
    }
}
