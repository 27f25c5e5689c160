package dev.segue.worker.figures;

import dev.segue.worker.evaluation.CodeFrequencies;
import dev.segue.worker.evaluation.Loudness;
import dev.segue.worker.sampling.SongCodes;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/** What shows that something has collapsed: the variety of codes, loudness and silence of songs. Owned by one thread. */
public final class SoundMeasures {
    /** Frames that are softer are silent, in decibels against full scale. */
    public static final double SILENT_BELOW = -50;

    private final int sampleRate;
    private final List<CodeFrequencies> frequencies = new ArrayList<>();
    private final List<Double> loudness = new ArrayList<>();
    private double longestSilence;

    /** Of songs with so many levels of so many different codes. */
    public SoundMeasures(int levels, int codes, int sampleRate) {
        this.sampleRate = sampleRate;
        for (int level = 0; level < levels; level++) {
            frequencies.add(new CodeFrequencies(codes));
        }
    }

    /** Adds a song. */
    public void add(SongCodes codes, float[] sound) {
        for (int level = 0; level < frequencies.size(); level++) {
            frequencies.get(level).add(codes.level(level));
        }
        loudness.add(Loudness.decibels(sound));
        longestSilence = Math.max(longestSilence, Loudness.longestSilence(sound, sampleRate, SILENT_BELOW));
    }

    /** How many songs were added. */
    public int songs() {
        return loudness.size();
    }

    /** Of a level. */
    public CodeFrequencies frequencies(int level) {
        return frequencies.get(level);
    }

    /** Median over the songs, in decibels; of at least one. */
    public double loudness() {
        return StatUtils.percentile(
                loudness.stream().mapToDouble(Double::doubleValue).toArray(), 50);
    }

    /** Of any song, in seconds. */
    public double longestSilence() {
        return longestSilence;
    }
}
