package dev.segue.worker.assembly;

import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioSegmentKind;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.telemetry.Telemetry;
import dev.segue.worker.sound.SoundException;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.store.StoreException;
import dev.segue.worker.tasks.Results;
import dev.segue.worker.tasks.TaskHandler;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does audio tasks: one thread for each that is under way reads, writes and talks to the store, and hands what needs the
 * VQ-VAE to the thread that owns it. What goes wrong becomes an answer with a reason; a song that was stopped has none.
 *
 * <p>Any thread may begin tasks. Longer than other classes, because every way in which a task can end stands here.
 */
final class AssemblyTasks implements TaskHandler<AudioTask, AudioSegment>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AssemblyTasks.class);

    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("segue.attempt");
    private static final AttributeKey<Long> LEVEL = AttributeKey.longKey("segue.level");
    private static final AttributeKey<Long> START = AttributeKey.longKey("segue.start");

    private final String worker;
    private final Scratch scratch;
    private final Predicate<String> stopped;
    private final Clock clock;
    private final AudioMeters meters;
    private final Preparation preparation;
    private final RangeDecoding decoding;
    private final Composition composition;
    private final ExecutorService threads;

    /**
     * A handler.
     *
     * @param worker who answers
     * @param most how many tasks may be under way at once
     * @param models stay the caller's
     * @param stopped whether a song was stopped
     */
    AssemblyTasks(
            String worker,
            int most,
            LoadedModels models,
            ObjectStore store,
            Scratch scratch,
            Predicate<String> stopped,
            Clock clock) {
        this(worker, most, models, store, scratch, stopped, clock, Telemetry.unheard());
    }

    /**
     * A handler.
     *
     * @param telemetry where it leaves what it measures
     */
    AssemblyTasks(
            String worker,
            int most,
            LoadedModels models,
            ObjectStore store,
            Scratch scratch,
            Predicate<String> stopped,
            Clock clock,
            Telemetry telemetry) {
        this.meters = new AudioMeters(telemetry);
        this.worker = worker;
        this.scratch = scratch;
        this.stopped = stopped;
        this.clock = clock;
        this.preparation = new Preparation(models, store);
        this.decoding = new RangeDecoding(models, store, meters);
        this.composition = new Composition(models, store, clock);
        this.threads = Executors.newFixedThreadPool(most, task -> new Thread(task, "assembly-task"));
    }

    @Override
    public String songId(AudioTask task) {
        return task.getSongId();
    }

    @Override
    public Optional<Instant> deadline(AudioTask task) {
        return Optional.ofNullable(task.getDeadline());
    }

    @Override
    public String title(AudioTask task) {
        return switch (task.getKind()) {
            case PREPARE -> "prepare";
            case DECODE -> "decode range";
            case COMPOSE -> "compose";
            case UNKNOWN -> "unknown audio task";
        };
    }

    @Override
    public Attributes describe(AudioTask task) {
        return task.getDecode() == null
                ? Attributes.of(ATTEMPT, (long) task.getAttempt())
                : Attributes.of(
                        ATTEMPT,
                        (long) task.getAttempt(),
                        LEVEL,
                        (long) task.getDecode().getLevel(),
                        START,
                        (long) task.getDecode().getStart());
    }

    @Override
    public CompletableFuture<Optional<AudioSegment>> begin(AudioTask task, Results<AudioSegment> results) {
        CompletableFuture<Optional<AudioSegment>> answer = new CompletableFuture<>();
        Future<?> running = threads.submit(Context.current().wrap(() -> {
            try {
                answer.complete(answer(task, results));
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            }
        }));
        CompletableFuture<Optional<AudioSegment>> unused = answer.whenComplete((result, failure) -> {
            if (answer.isCancelled()) {
                running.cancel(true);
            }
        });
        return answer;
    }

    private Optional<AudioSegment> answer(AudioTask task, Results<AudioSegment> results) {
        WorkClock times = new WorkClock(clock, task.getEmittedAt());
        Optional<AudioSegment> answer;
        try (Scratch.Folder folder = scratch.folder(task.getSongId())) {
            answer = Optional.of(work(task, folder.path(), times, results));
        } catch (Checkpoint.SongStoppedException e) {
            LOG.info("event=task_dropped song={} task={} reason=stopped", task.getSongId(), task.getKind());
            return Optional.empty();
        } catch (RefusedException e) {
            answer = Optional.of(segment(task, AudioSegmentKind.REFUSED)
                    .setProblem(e.problem())
                    .build());
        } catch (TaskFailedException e) {
            answer = Optional.of(failure(task, e.failure()));
        } catch (InterruptedException | InterruptedIOException e) {
            throw new CancellationException("given up: " + e.getMessage());
        } catch (StoreException e) {
            answer = Optional.of(
                    failure(task, FailureReason.STORAGE, e instanceof StoreException.Unreachable, e.getMessage()));
        } catch (SoundException e) {
            answer = Optional.of(failure(task, FailureReason.STORAGE, false, e.getMessage()));
        } catch (IOException e) {
            answer = Optional.of(failure(task, FailureReason.STORAGE, true, e.toString()));
        } catch (OutOfMemoryError e) {
            answer = Optional.of(failure(task, FailureReason.OUT_OF_MEMORY, true, String.valueOf(e.getMessage())));
        }
        meters.done(task, times.waited(), Duration.ofMillis(times.millis()));
        log(task, answer.get(), times);
        return answer;
    }

    private AudioSegment work(AudioTask task, Path folder, WorkClock times, Results<AudioSegment> results)
            throws RefusedException, TaskFailedException, IOException, InterruptedException,
                    Checkpoint.SongStoppedException {
        Checkpoint checkpoint = new Checkpoint(task.getSongId(), stopped);
        ModelRef model = ModelRef.of(task);
        return switch (task.getKind()) {
            case PREPARE ->
                segment(task, AudioSegmentKind.PREPARED)
                        .setPrepared(preparation.run(
                                task.getSongId(),
                                model,
                                required(task, task.getPrepare()),
                                folder,
                                checkpoint,
                                codes -> send(
                                        segment(task, AudioSegmentKind.PROMPT_CODES)
                                                .setPromptCodes(codes)
                                                .build(),
                                        results)))
                        .build();
            case DECODE ->
                segment(task, AudioSegmentKind.STORED)
                        .setStored(decoding.run(
                                task.getSongId(), model, required(task, task.getDecode()), folder, times, checkpoint))
                        .build();
            case COMPOSE ->
                segment(task, AudioSegmentKind.COMPOSED)
                        .setComposed(composition.run(
                                task.getSongId(), model, required(task, task.getCompose()), folder, times, checkpoint))
                        .build();
            case UNKNOWN -> throw TaskFailedException.invalid("the task is of a kind that this version does not know");
        };
    }

    private static <T> T required(AudioTask task, T content) throws TaskFailedException {
        if (content == null) {
            throw TaskFailedException.invalid("the " + task.getKind() + " task does not say what is to be done");
        }
        return content;
    }

    /** Waits until it has arrived, so that no more than one piece of news is ever under way. */
    private static void send(AudioSegment news, Results<AudioSegment> results)
            throws IOException, InterruptedException {
        try {
            results.send(news).get();
        } catch (ExecutionException e) {
            throw new UncheckedIOException("codes of a prompt could not be published", new IOException(e.getCause()));
        }
    }

    private AudioSegment.Builder segment(AudioTask task, AudioSegmentKind kind) {
        AudioSegment.Builder segment = AudioSegment.newBuilder()
                .setSongId(task.getSongId())
                .setModelDigest(task.getModelDigest())
                .setAttempt(task.getAttempt())
                .setWorker(worker)
                .setTask(task.getKind())
                .setKind(kind);
        if (task.getKind() == AudioTaskKind.DECODE && task.getDecode() != null) {
            segment.setLevel(task.getDecode().getLevel())
                    .setStart(task.getDecode().getStart());
        }
        return segment;
    }

    @Override
    public AudioSegment failure(AudioTask task, TaskFailure failure) {
        return segment(task, AudioSegmentKind.FAILED).setFailure(failure).build();
    }

    private AudioSegment failure(AudioTask task, FailureReason reason, boolean retryable, String message) {
        return failure(task, new TaskFailure(reason, message, retryable));
    }

    private static void log(AudioTask task, AudioSegment answer, WorkClock times) {
        String what =
                switch (answer.getKind()) {
                    case REFUSED -> answer.getProblem().getSentence();
                    case FAILED -> answer.getFailure().getMessage();
                    default -> "";
                };
        LOG.info(
                "event=task_done song={} task={} level={} start={} attempt={} answer={} millis={} message=\"{}\"",
                task.getSongId(),
                task.getKind(),
                answer.getLevel(),
                answer.getStart(),
                task.getAttempt(),
                answer.getKind(),
                times.millis(),
                what);
    }

    /** Takes no more tasks; those under way are given up. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(1, TimeUnit.MINUTES)) {
                LOG.warn("event=tasks_still_running worker={}", worker);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
