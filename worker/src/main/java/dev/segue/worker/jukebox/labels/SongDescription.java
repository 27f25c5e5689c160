package dev.segue.worker.jukebox.labels;

import java.util.Objects;

/**
 * What a song is to be, in words.
 *
 * @param artist whom it shall sound like; empty for nobody in particular
 * @param genre one genre, or words of several where the model hears a bag of words; may be empty
 * @param lyrics what is sung; empty for nothing
 * @param totalLength samples of the whole song that the model is told of
 * @param offset where in that song sampling begins, in samples
 */
public record SongDescription(String artist, String genre, String lyrics, long totalLength, long offset) {
    public SongDescription {
        Objects.requireNonNull(artist, "artist is null");
        Objects.requireNonNull(genre, "genre is null");
        Objects.requireNonNull(lyrics, "lyrics is null");
    }
}
