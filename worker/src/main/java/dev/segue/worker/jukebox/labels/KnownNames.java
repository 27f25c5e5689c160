package dev.segue.worker.jukebox.labels;

import java.util.List;

/**
 * Names that a level of a model has learnt, in alphabetical order.
 *
 * @param artists empty if it hears of none
 * @param genres genres, or their words; empty if it hears of none
 */
public record KnownNames(List<String> artists, List<String> genres) {
    /** What is known of a model without labels. */
    public static final KnownNames NONE = new KnownNames(List.of(), List.of());

    public KnownNames {
        artists = List.copyOf(artists);
        genres = List.copyOf(genres);
    }

    /** The names of two tables. */
    public static KnownNames of(LabelSet labels) {
        return new KnownNames(labels.artists().known(), labels.genres().known());
    }
}
