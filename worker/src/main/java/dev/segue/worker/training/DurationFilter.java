package dev.segue.worker.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Which songs are long enough to be cut into items and short enough to be wanted (specification §11.1).
 *
 * @param sampleRate in Hz
 * @param minSeconds shortest song that is kept, inclusive
 * @param maxSeconds longest song that is kept, exclusive
 */
public record DurationFilter(int sampleRate, double minSeconds, double maxSeconds) {

    /**
     * The filter for items of {@code sampleLength} samples.
     *
     * @param minSeconds null for the item's length rounded up to whole seconds
     * @param maxSeconds null for no limit
     * @throws IllegalArgumentException unless an item is strictly shorter than {@code minSeconds}
     */
    public static DurationFilter of(int sampleRate, int sampleLength, Double minSeconds, Double maxSeconds) {
        double itemSeconds = (double) sampleLength / sampleRate;
        double least = minSeconds == null ? Math.ceil(itemSeconds) : minSeconds;
        if (itemSeconds >= least) {
            throw new IllegalArgumentException(
                    "minSeconds is " + least + " but must be more than the " + itemSeconds + " s of an item; raise it");
        }
        return new DurationFilter(sampleRate, least, maxSeconds == null ? Double.POSITIVE_INFINITY : maxSeconds);
    }

    /** The songs that are kept, in order; durations come in samples and may have a fraction, which is dropped. */
    public List<Kept> keep(List<Double> durations) {
        List<Kept> kept = new ArrayList<>();
        for (int song = 0; song < durations.size(); song++) {
            double seconds = durations.get(song) / sampleRate;
            if (seconds >= minSeconds && seconds < maxSeconds) {
                kept.add(new Kept(song, durations.get(song).longValue()));
            }
        }
        return List.copyOf(kept);
    }

    /**
     * A song that is kept.
     *
     * @param song its place among all songs
     * @param duration in whole samples
     */
    public record Kept(int song, long duration) {}
}
