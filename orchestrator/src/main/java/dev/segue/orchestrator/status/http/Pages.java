package dev.segue.orchestrator.status.http;

import dev.segue.orchestrator.status.document.ModelList;
import dev.segue.orchestrator.status.document.Problem;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongList;
import dev.segue.orchestrator.status.document.SongStatus;
import java.util.Optional;

/** What people see where programs get JSON. Safe for any number of threads. */
public interface Pages {
    /**
     * Which songs a list shows.
     *
     * @param state those in it alone; empty for all
     * @param after those behind that song; empty for the first ones
     * @param limit at most so many
     */
    record Query(Optional<SongStatus> state, Optional<String> after, int limit) {}

    /**
     * A file that pages need.
     *
     * @param mediaType with its charset where it is text
     */
    record Asset(byte[] content, String mediaType) {}

    /** The songs, and what a new one can be asked with. */
    String songs(SongList songs, Query query, ModelList models);

    /** One song. */
    String song(SongDocument song);

    /** A page that fetches dead letters once somebody has given the token. */
    String deadLetters();

    /** What went wrong. */
    String problem(Problem problem);

    /** A file below {@code /assets/}; empty if there is none. */
    Optional<Asset> asset(String path);
}
