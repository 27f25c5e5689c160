package dev.segue.worker.figures;

import dev.segue.worker.manifest.Split;
import java.util.Set;

/**
 * What is measured, and of how much.
 *
 * @param parts what is measured
 * @param split the songs of the folder that are looked at
 * @param songsPerLabel that are made of each genre and each artist at least
 * @param seconds of each song that is made
 * @param trainSongs of the train split that codes and loudness are measured of, at most, evenly spread over it
 * @param windows of a song and level that likelihood is measured of, at most, evenly spread over it
 * @param headSongs of the validation split that heads are tried on, at most
 * @param slots songs that are made side by side
 * @param batch windows in one pass when likelihood is measured
 */
public record EvaluationPlan(
        Set<Part> parts,
        Split split,
        int songsPerLabel,
        double seconds,
        int trainSongs,
        int windows,
        int headSongs,
        int slots,
        int batch) {

    /** Checks all of them. */
    public EvaluationPlan {
        parts = Set.copyOf(parts);
        if (parts.isEmpty()) {
            throw new IllegalArgumentException("only has no part but must name at least one");
        }
        if (split == Split.TRAIN) {
            throw new IllegalArgumentException(
                    "split is train but must be test or validation: models know the songs they learnt from");
        }
        atLeastOne("songs-per-label", songsPerLabel);
        atLeastOne("train-songs", trainSongs);
        atLeastOne("windows", windows);
        atLeastOne("head-songs", headSongs);
        atLeastOne("slots", slots);
        atLeastOne("batch", batch);
        if (!(seconds > 0 && seconds <= 3600)) {
            throw new IllegalArgumentException("seconds is " + seconds + " but must be above 0 and at most 3600");
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " is " + value + " but must be at least 1");
        }
    }

    /** Whether a part is measured. */
    boolean has(Part part) {
        return parts.contains(part);
    }
}
