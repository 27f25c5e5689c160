package dev.segue.worker.manifest;

import java.util.Objects;

/**
 * One song of a folder.
 *
 * @param file of its sound, relative to the folder, with {@code /} between names
 * @param title empty if it has none
 * @param artist who sings
 * @param genre what it is
 * @param lyrics the exact text; empty if nobody sings
 * @param split what it is for
 */
public record SongEntry(
        String file, String title, String artist, String genre, String lyrics, Split split, Annotations annotations) {
    /** Requires everything to be there. */
    public SongEntry {
        Objects.requireNonNull(file, "file is null");
        Objects.requireNonNull(title, "title is null");
        Objects.requireNonNull(artist, "artist is null");
        Objects.requireNonNull(genre, "genre is null");
        Objects.requireNonNull(lyrics, "lyrics is null");
        Objects.requireNonNull(split, "split is null");
        Objects.requireNonNull(annotations, "annotations is null");
    }

    /** As one line of a manifest, without a line end. */
    public String toJson() {
        return SongEntryJson.write(this);
    }
}
