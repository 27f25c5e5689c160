package dev.segue.orchestrator.status.document;

import java.util.List;
import java.util.Optional;

/**
 * Some songs, the last one that was asked for first.
 *
 * @param songs on this page
 * @param total how many there are on all pages
 * @param next what {@code after} must be for the next page; empty on the last one
 */
public record SongList(List<SongRow> songs, int total, Optional<String> next) {
    public SongList {
        songs = List.copyOf(songs);
    }
}
