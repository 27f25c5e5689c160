package dev.segue.worker.evaluation;

import dev.segue.worker.manifest.CharacterTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.stat.StatUtils;

/**
 * How far times that were found for the characters of lyrics lie from the true ones: of every character that is sung,
 * the distance of its two beginnings. A character that was not found counts as if it began between its neighbours that
 * were, evenly, before the first of them at the song's beginning and behind the last at its end. Owned by one thread.
 */
public final class AlignmentErrors {
    private final List<Double> errors = new ArrayList<>();
    private int found;

    /**
     * Adds a song.
     *
     * @param aligned what was found, a time for each character
     * @param truth of as many characters
     * @param seconds that the song lasts
     */
    public void add(List<CharacterTime> aligned, List<CharacterTime> truth, double seconds) {
        if (aligned.size() != truth.size()) {
            throw new IllegalArgumentException("times were found for " + aligned.size()
                    + " characters, but the lyrics have " + truth.size() + "; compare those of the same lyrics");
        }
        double[] starts = starts(aligned, seconds);
        for (int i = 0; i < starts.length; i++) {
            if (truth.get(i).sung()) {
                errors.add(Math.abs(starts[i] - truth.get(i).start()));
                found += aligned.get(i).sung() ? 1 : 0;
            }
        }
    }

    private static double[] starts(List<CharacterTime> aligned, double seconds) {
        double[] starts = new double[aligned.size()];
        int before = -1;
        for (int i = 0; i <= starts.length; i++) {
            if (i == starts.length || aligned.get(i).sung()) {
                double from = before < 0 ? 0 : aligned.get(before).start();
                double to = i == starts.length ? seconds : aligned.get(i).start();
                for (int between = before + 1; between < i; between++) {
                    starts[between] = from + (to - from) * (between - before) / (i - before);
                }
                if (i < starts.length) {
                    starts[i] = to;
                }
                before = i;
            }
        }
        return starts;
    }

    /** Times of characters that follow each other evenly from the beginning of the song to its end: what no alignment knows. */
    public static List<CharacterTime> straightLine(int characters, double seconds) {
        List<CharacterTime> times = new ArrayList<>();
        for (int i = 0; i < characters; i++) {
            times.add(new CharacterTime(i * seconds / characters, (i + 1) * seconds / characters));
        }
        return times;
    }

    /** How many characters were compared. */
    public int characters() {
        return errors.size();
    }

    /** Which part of the characters that are sung was found at all; 0 if there are none. */
    public double foundShare() {
        return found / (double) Math.max(1, errors.size());
    }

    /** In seconds; of at least one character. */
    public double median() {
        return percentile(50);
    }

    /** The error in seconds that so many hundredths of the characters do not exceed; of at least one character. */
    public double percentile(double hundredths) {
        return StatUtils.percentile(
                errors.stream().mapToDouble(Double::doubleValue).toArray(), hundredths);
    }
}
