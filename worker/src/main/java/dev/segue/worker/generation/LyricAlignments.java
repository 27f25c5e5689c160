package dev.segue.worker.generation;

import dev.segue.contracts.record.FailureReason;
import dev.segue.worker.tasks.StoppedSongs;

/** Lyrics that wait to be aligned, and those that are. Owned by the thread that samples. */
final class LyricAlignments {
    private final Segments segments;

    LyricAlignments(LevelEngine level, Segments segments, StoppedSongs stopped, GenerationMeters meters) {
        this.segments = segments;
    }

    boolean busy() {
        return false;
    }

    void begin(GenerationWork work) {
        work.end(segments.failed(work.task(), FailureReason.INTERNAL, false, "lyrics cannot be aligned yet"));
    }

    void advance() {}
}
