package dev.segue.worker.assembly;

import java.util.function.Predicate;

/** Where long work asks whether it is still wanted. Owned by the thread that does the work. */
final class Checkpoint {
    private final String songId;
    private final Predicate<String> stopped;

    Checkpoint(String songId, Predicate<String> stopped) {
        this.songId = songId;
        this.stopped = stopped;
    }

    /** The song was cancelled, has expired or failed: there is nothing more to say about it. */
    static final class SongStoppedException extends Exception {}

    /**
     * Goes on if the work is wanted.
     *
     * @throws SongStoppedException if its song was stopped
     * @throws InterruptedException if the worker gives the task up
     */
    void pass() throws SongStoppedException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("the task is given up");
        }
        if (stopped.test(songId)) {
            throw new SongStoppedException();
        }
    }
}
