package dev.segue.worker.generation;

import dev.segue.contracts.record.FailureReason;
import dev.segue.worker.tasks.StoppedSongs;
import dev.segue.worker.torch.Torch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that samples: it owns the engines of a worker, gives each task that comes a slot of its model and level, and
 * lets one engine after the other write a burst.
 *
 * <p>Tasks are begun in the order in which they came, but for those whose engine is full or being loaded. A task that
 * needs room for its model waits until a model has nothing to do, and those behind it wait too, so that it gets its turn.
 *
 * <p>Any thread may submit; everything else happens in the loop's own thread.
 */
final class EngineLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final LoadedLevels levels;
    private final Segments segments;
    private final StoppedSongs stopped;
    private final GenerationMeters meters;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final List<GenerationWork> waiting = new ArrayList<>();
    private final Thread thread;
    private boolean closing;

    /**
     * Samples once {@link #start} is called.
     *
     * @param models how many are kept loaded at once
     */
    EngineLoop(
            String name,
            LevelLoader loader,
            int models,
            Segments segments,
            StoppedSongs stopped,
            GenerationMeters meters) {
        this.segments = segments;
        this.stopped = stopped;
        this.meters = meters;
        this.levels = new LoadedLevels(
                name,
                loader,
                models,
                level -> new LevelWindows(level, segments, stopped, meters),
                events::add,
                this::notLoaded);
        this.thread = new Thread(this::run, name + "-sampler");
    }

    void start() {
        thread.start();
    }

    /** Takes a task; its outcome tells what became of it. */
    void submit(GenerationWork work) {
        events.add(() -> {
            waiting.add(work);
            meters.waiting.set(waiting.size());
        });
    }

    private void run() {
        while (!closing) {
            try {
                handleEvents();
                if (!closing) {
                    place();
                    levels.advance();
                }
            } catch (InterruptedException e) {
                closing = true;
            } catch (RuntimeException e) {
                LOG.error("event=sampler_disturbed", e);
                LockSupport.parkNanos(IDLE.toNanos());
            }
        }
        levels.endLoads();
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
        waiting.forEach(work -> work.outcome().cancel(false));
        levels.close();
    }

    private void handleEvents() throws InterruptedException {
        Runnable event = levels.busy() ? events.poll() : events.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        while (event != null) {
            event.run();
            event = events.poll();
        }
    }

    private void place() {
        Iterator<GenerationWork> all = waiting.iterator();
        while (all.hasNext()) {
            GenerationWork work = all.next();
            if (isOver(work)) {
                all.remove();
                continue;
            }
            Optional<LevelWindows> level = levels.get(work.key());
            if (level.isPresent()) {
                if (level.get().begin(work)) {
                    all.remove();
                }
            } else if (!levels.load(work.key())) {
                break;
            }
        }
        meters.waiting.set(waiting.size());
    }

    private boolean isOver(GenerationWork work) {
        Instant deadline = work.task().getDeadline();
        if (stopped.contains(work.songId())) {
            work.drop();
        } else if (deadline != null && Instant.now().isAfter(deadline)) {
            work.end(segments.failed(
                    work.task(), FailureReason.DEADLINE, false, "the deadline passed before the work began"));
        }
        return work.outcome().isDone();
    }

    private void notLoaded(LevelKey key, Throwable failure) {
        boolean invalid = failure instanceof LevelLoader.NoSuchLevelException;
        FailureReason reason = invalid
                ? FailureReason.INVALID_TASK
                : Torch.isOutOfMemory(failure) ? FailureReason.OUT_OF_MEMORY : FailureReason.MODEL_UNAVAILABLE;
        waiting.removeIf(work -> {
            boolean affected = work.key().equals(key);
            if (affected) {
                meters.failed.increment();
                work.end(segments.failed(work.task(), reason, !invalid, String.valueOf(failure.getMessage())));
            }
            return affected;
        });
    }

    /** Ends the loop; what it still does is cancelled. */
    @Override
    public void close() {
        events.add(() -> closing = true);
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
