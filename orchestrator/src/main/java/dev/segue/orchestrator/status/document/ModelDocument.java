package dev.segue.orchestrator.status.document;

import java.util.List;

/**
 * A model that songs can be asked of.
 *
 * @param name what requests call it
 * @param digest SHA-256 of its card, 64 hexadecimal digits
 * @param description one line for people
 * @param licence what its weights may be used for
 * @param sampleRate of its sound, in Hz
 * @param hops raw samples per code of each level, the finest first
 * @param artists whom it knows, at most 1000
 * @param genres that it knows, at most 1000
 */
public record ModelDocument(
        String name,
        String digest,
        String description,
        String licence,
        int sampleRate,
        List<Integer> hops,
        List<String> artists,
        List<String> genres) {
    public ModelDocument {
        hops = List.copyOf(hops);
        artists = List.copyOf(artists);
        genres = List.copyOf(genres);
    }
}
