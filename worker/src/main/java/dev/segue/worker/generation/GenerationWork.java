package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.WindowTask;
import dev.segue.worker.tasks.Results;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A task on its way through a worker.
 *
 * @param task what is to be done
 * @param key what it takes
 * @param outcome what became of it; cancelled by whoever gives it up
 * @param news where word of it goes meanwhile
 */
record GenerationWork(
        WindowTask task, LevelKey key, CompletableFuture<Optional<CodeSegment>> outcome, Results<CodeSegment> news) {
    GenerationWork(WindowTask task, Results<CodeSegment> news) {
        this(task, LevelKey.of(task), new CompletableFuture<>(), news);
    }

    String songId() {
        return task.getSongId();
    }

    void end(CodeSegment segment) {
        outcome.complete(Optional.of(segment));
    }

    /** Nobody wants to know any more. */
    void drop() {
        outcome.complete(Optional.empty());
    }
}
