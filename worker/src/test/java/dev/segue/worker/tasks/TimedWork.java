package dev.segue.worker.tasks;

import dev.segue.contracts.record.CodeSegment;
import dev.segue.contracts.record.CodeSegmentKind;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SampleWindow;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.record.TaskFailure;
import dev.segue.contracts.record.WindowRunning;
import dev.segue.contracts.record.WindowTask;
import dev.segue.contracts.record.WindowTaskKind;
import dev.segue.contracts.topic.Topics;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Work that takes as many milliseconds as a task asks for new codes; some songs behave badly. */
final class TimedWork implements TaskHandler<WindowTask, CodeSegment> {
    static final String FAILING = "failing";
    static final String HANGING = "hanging";
    static final String HUGE = "huge";

    final List<String> begun = new CopyOnWriteArrayList<>();
    final List<CompletableFuture<Optional<CodeSegment>>> running = new CopyOnWriteArrayList<>();
    /** What a song that hangs its lane waits for. */
    final CountDownLatch released = new CountDownLatch(1);

    private final String worker;

    TimedWork(String worker) {
        this.worker = worker;
    }

    static WindowTask task(String songId, int window, int millis) {
        return task(songId, window, millis, null);
    }

    static WindowTask task(String songId, int window, int millis, Instant deadline) {
        return WindowTask.newBuilder()
                .setSongId(songId)
                .setModel("none")
                .setModelDigest("none")
                .setLevel(2)
                .setAttempt(0)
                .setEmittedAt(Instant.now())
                .setDeadline(deadline)
                .setWords(SongWords.newBuilder()
                        .setArtist("")
                        .setGenre("")
                        .setLyrics("")
                        .setTotalSamples(1)
                        .setOffsetSamples(0)
                        .build())
                .setKind(WindowTaskKind.SAMPLE)
                .setSample(SampleWindow.newBuilder()
                        .setWindow(window)
                        .setStart(0)
                        .setContext(ByteBuffer.allocate(0))
                        .setNewCodes(millis)
                        .setSampling(LevelSampling.newBuilder().setLevel(2).build())
                        .setSeed(1)
                        .build())
                .build();
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
        begun.add(task.getSongId() + "/" + task.getSample().getWindow());
        if (task.getSongId().startsWith(FAILING)) {
            throw new IllegalStateException("it fails on purpose");
        }
        if (task.getSongId().startsWith(HUGE)) {
            return CompletableFuture.completedFuture(Optional.of(segment(task, CodeSegmentKind.CODES)
                    .setModelDigest("0".repeat(2 * Topics.LARGEST_RECORD))
                    .build()));
        }
        if (task.getSongId().startsWith(HANGING)) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        CompletableFuture<Void> unused = results.send(segment(task, CodeSegmentKind.RUNNING)
                .setRunning(WindowRunning.newBuilder().setCodes(0).build())
                .build());
        CompletableFuture<Optional<CodeSegment>> work = new CompletableFuture<>();
        running.add(work);
        CompletableFuture.delayedExecutor(task.getSample().getNewCodes(), TimeUnit.MILLISECONDS)
                .execute(() -> work.complete(
                        Optional.of(segment(task, CodeSegmentKind.CODES).build())));
        return work;
    }

    @Override
    public CodeSegment failure(WindowTask task, TaskFailure failure) {
        return segment(task, CodeSegmentKind.FAILED).setFailure(failure).build();
    }

    private CodeSegment.Builder segment(WindowTask task, CodeSegmentKind kind) {
        return CodeSegment.newBuilder()
                .setSongId(task.getSongId())
                .setModelDigest(task.getModelDigest())
                .setLevel(task.getLevel())
                .setWindow(task.getSample().getWindow())
                .setAttempt(task.getAttempt())
                .setWorker(worker)
                .setKind(kind);
    }
}
