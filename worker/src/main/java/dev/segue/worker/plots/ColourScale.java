package dev.segue.worker.plots;

import java.util.List;

/**
 * Which colour a level has: from the loudest level of all sounds, rounded up to tens of decibels, 80 dB down.
 *
 * @param loudest in decibels against a sine of full scale
 */
record ColourScale(int loudest, ColourMap colours) {
    /** Decibels from the darkest to the brightest colour. */
    static final int DEPTH = 80;

    /** Each is less than a decibel, which no eye tells from the next. */
    private static final int COLOURS = 96;

    /** What is fitting for spectrograms of [column][row] each. */
    static ColourScale of(List<float[][]> spectrograms) {
        double loudest = Spectrogram.SILENCE + DEPTH;
        for (float[][] columns : spectrograms) {
            for (float[] column : columns) {
                for (float level : column) {
                    // Never so for NaN.
                    if (level > loudest) {
                        loudest = level;
                    }
                }
            }
        }
        return new ColourScale((int) (10 * Math.ceil(loudest / 10)), new ColourMap(COLOURS));
    }

    /** As red, green and blue in eight bits each. */
    int rgb(double level) {
        return colours.rgbAt(1 + (level - loudest) / DEPTH);
    }
}
