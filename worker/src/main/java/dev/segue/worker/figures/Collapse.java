package dev.segue.worker.figures;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether what a model makes is as varied, as loud and as unbroken as what it learnt from.
 *
 * @param levels of codes, the finest first
 * @param silentBelow what counts as silence, in decibels against full scale, of frames of 50 ms
 * @param corpusSilence the longest of any song of the folder that was read, in seconds
 * @param generatedSilence the longest of any song that was made, in seconds
 * @param corpusLoudness median over songs of the folder, in decibels
 * @param generatedLoudness median over songs that were made, in decibels
 * @param corpusSongs of the train split, that codes and loudness were measured of
 * @param generatedSongs how many
 */
public record Collapse(
        List<Level> levels,
        double silentBelow,
        double corpusSilence,
        double generatedSilence,
        double corpusLoudness,
        double generatedLoudness,
        int corpusSongs,
        int generatedSongs) {

    /** Copies what it is given. */
    public Collapse {
        levels = List.copyOf(levels);
    }

    /**
     * One level.
     *
     * @param corpusEntropy bits per code, each by itself
     * @param generatedEntropy bits per code, each by itself
     * @param change how far the generated songs' is from the corpus's, as a share of it
     */
    public record Level(int level, double corpusEntropy, double generatedEntropy, double change) {}

    /**
     * Compares.
     *
     * @param train songs of the train split
     * @param split those of the split that is looked at, which count for silence alone
     */
    static Collapse of(SoundMeasures train, SoundMeasures split, SoundMeasures generated, int levels) {
        List<Level> each = new ArrayList<>();
        for (int level = 0; level < levels; level++) {
            double corpus = train.frequencies(level).entropy();
            double made = generated.frequencies(level).entropy();
            each.add(new Level(level, corpus, made, corpus == 0 ? 0 : made / corpus - 1));
        }
        return new Collapse(
                each,
                SoundMeasures.SILENT_BELOW,
                Math.max(train.longestSilence(), split.longestSilence()),
                generated.longestSilence(),
                train.loudness(),
                generated.loudness(),
                train.songs(),
                generated.songs());
    }

    /** The largest change of entropy of any level, as a share. */
    public double largestEntropyChange() {
        return levels.stream()
                .mapToDouble(level -> Math.abs(level.change()))
                .max()
                .orElse(0);
    }
}
