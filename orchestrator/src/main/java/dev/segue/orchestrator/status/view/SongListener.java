package dev.segue.orchestrator.status.view;

import dev.segue.orchestrator.status.document.SongDocument;

/** Who wants to hear of changes. */
@FunctionalInterface
public interface SongListener {
    /** A song is another one than before. Called by the thread that reads events, which it must not hold up. */
    void changed(SongDocument song);
}
