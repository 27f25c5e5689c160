package dev.segue.orchestrator.status.document;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What the list says of a song: all but what takes most room. Immutable.
 *
 * @param song whose fields are those of the row
 */
public record SongRow(
        @JsonUnwrapped @JsonIgnoreProperties({"lyrics", "heardLyrics", "audio", "files"})
        SongDocument song) {}
