package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.worker.tasks.Results;
import dev.segue.worker.tasks.TaskHandler;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Hands window tasks to the thread that samples. */
final class GenerationHandler implements TaskHandler<WindowTask, CodeSegment> {
    private final EngineLoop loop;
    private final Segments segments;

    GenerationHandler(EngineLoop loop, Segments segments) {
        this.loop = loop;
        this.segments = segments;
    }

    @Override
    public String songId(WindowTask task) {
        return task.getSongId();
    }

    @Override
    public Optional<Instant> deadline(WindowTask task) {
        return Optional.ofNullable(task.getDeadline());
    }

    @Override
    public CompletableFuture<Optional<CodeSegment>> begin(WindowTask task, Results<CodeSegment> results) {
        GenerationWork work = new GenerationWork(task, results);
        if (task.getKind() == WindowTaskKind.SAMPLE || task.getKind() == WindowTaskKind.ALIGN) {
            loop.submit(work);
        } else {
            work.end(segments.failed(
                    task,
                    FailureReason.INVALID_TASK,
                    false,
                    "kind is " + task.getKind() + " but this version does SAMPLE and ALIGN only; update the worker"));
        }
        return work.outcome();
    }

    @Override
    public CodeSegment failure(WindowTask task, TaskFailure failure) {
        return segments.failed(task, failure);
    }
}
