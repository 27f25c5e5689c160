package dev.segue.worker.generation;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.worker.tasks.Results;
import dev.segue.worker.tasks.TaskHandler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Hands window tasks to the thread that samples. */
final class GenerationHandler implements TaskHandler<WindowTask, CodeSegment> {
    private static final AttributeKey<Long> LEVEL = AttributeKey.longKey("segue.level");
    private static final AttributeKey<Long> WINDOW = AttributeKey.longKey("segue.window");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("segue.attempt");

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
    public String title(WindowTask task) {
        return task.getKind() == WindowTaskKind.ALIGN ? "align lyrics" : "window task";
    }

    @Override
    public Attributes describe(WindowTask task) {
        return Attributes.of(
                LEVEL, (long) task.getLevel(), WINDOW, (long) Segments.window(task), ATTEMPT, (long) task.getAttempt());
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
