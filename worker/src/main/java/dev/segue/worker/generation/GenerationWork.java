package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.WindowTask;
import dev.segue.worker.tasks.Results;
import io.opentelemetry.context.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A task on its way through a worker: one window of it, or an alignment.
 *
 * @param task what is to be done; of a run, what is left of it
 * @param key what it takes
 * @param outcome what became of the whole run; cancelled by whoever gives it up
 * @param news where word of it goes meanwhile
 * @param earlier codes of windows of the run that are done
 * @param trace that its spans belong to
 */
record GenerationWork(
        WindowTask task,
        LevelKey key,
        CompletableFuture<Optional<CodeSegment>> outcome,
        Results<CodeSegment> news,
        EarlierCodes earlier,
        Context trace) {
    GenerationWork(WindowTask task, Results<CodeSegment> news) {
        this(task, news, new CompletableFuture<>());
    }

    private GenerationWork(
            WindowTask task, Results<CodeSegment> news, CompletableFuture<Optional<CodeSegment>> outcome) {
        this(task, LevelKey.of(task), outcome, news, new EarlierCodes(outcome, news), Context.current());
    }

    String songId() {
        return task.getSongId();
    }

    /** The rest of a run, which its next window begins. */
    GenerationWork following(SampleWindow next) {
        WindowTask rest = new WindowTask(
                task.getSongId(),
                task.getModel(),
                task.getModelDigest(),
                task.getLevel(),
                task.getAttempt(),
                task.getEmittedAt(),
                task.getDeadline(),
                task.getWords(),
                task.getKind(),
                next,
                task.getAlign());
        return new GenerationWork(rest, key, outcome, news, earlier, trace);
    }

    /** A window of the run is done, and others are left. */
    void send(CodeSegment codes) {
        earlier.send(codes);
    }

    /** The run is over, once all codes of its earlier windows have arrived. */
    void end(CodeSegment segment) {
        earlier.end(segment);
    }

    /** Nobody wants to know any more. */
    void drop() {
        outcome.complete(Optional.empty());
    }
}
