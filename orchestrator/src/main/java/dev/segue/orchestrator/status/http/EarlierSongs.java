package dev.segue.orchestrator.status.http;

import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.Shown;
import dev.segue.orchestrator.status.document.ProblemDocument;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongStatus;
import dev.segue.orchestrator.status.view.SongView;
import java.util.Optional;

/**
 * Whether a song that another one is to be made from can be used, as far as that is known when it is asked for. What is not
 * known then, as whether it will have ended in time or which model made it, the orchestrator finds out when its turn comes:
 * an event tells of it.
 *
 * <p>Safe for any number of threads.
 */
final class EarlierSongs {
    private static final String FIELD = "earlierSong.songId";

    private final SongView songs;
    private final StoreReads store;

    EarlierSongs(SongView songs, StoreReads store) {
        this.songs = songs;
        this.store = store;
    }

    /** Why it surely cannot be used; empty if it can, or nobody knows yet. */
    Optional<ProblemDocument> problem(SongRequest request) {
        return Optional.ofNullable(request.getEarlierSong())
                .map(EarlierSong::getSongId)
                .flatMap(this::problem);
    }

    private Optional<ProblemDocument> problem(String id) {
        Optional<SongStatus> state =
                songs.find(id).map(SongDocument::state).filter(each -> each != SongStatus.REJECTED);
        if (state.isPresent()) {
            return state.filter(each -> each.isEnd() && each != SongStatus.COMPLETED)
                    .map(each -> ProblemDocument.of(
                            FIELD, Shown.quoted(id), "was never finished: it is " + each, "name a finished song"));
        }
        // Songs that ended long ago are not known here any more, but what they are made of may still be there.
        return store.lacks("songs/" + id + "/manifest.json")
                ? Optional.of(ProblemDocument.of(
                        FIELD, Shown.quoted(id), "is not known here", "name a song that was finished here"))
                : Optional.empty();
    }
}
