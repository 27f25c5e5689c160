package dev.segue.worker.generation;

import dev.segue.contracts.record.FailureReason;
import dev.segue.worker.tasks.StoppedSongs;
import dev.segue.worker.torch.Torch;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread that samples: it owns the engines of a worker, gives each task that comes a slot of its model and level, and
 * lets one engine after the other write a burst. Models are fetched and loaded beside it.
 *
 * <p>Tasks are begun in the order in which they came, but for those whose engine is full or being loaded. A task that
 * needs room for its model waits until a model has nothing to do, and those behind it wait too, so that it gets its turn.
 *
 * <p>Any thread may submit; everything else happens in the loop's own thread.
 */
final class EngineLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EngineLoop.class);
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration CLOSE = Duration.ofSeconds(15);

    private final LevelLoader loader;
    private final int models;
    private final Segments segments;
    private final StoppedSongs stopped;
    private final GenerationMeters meters;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final List<GenerationWork> waiting = new ArrayList<>();
    /** Least recently used first. */
    private final Map<LevelKey, LevelWindows> engines = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<LevelKey> loading = new HashSet<>();
    private final ExecutorService loads;
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
        this.loader = loader;
        this.models = models;
        this.segments = segments;
        this.stopped = stopped;
        this.meters = meters;
        this.loads = Executors.newSingleThreadExecutor(task -> new Thread(task, name + "-loads"));
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
                if (closing) {
                    break;
                }
                place();
                List<LevelWindows> busy =
                        engines.values().stream().filter(LevelWindows::busy).toList();
                busy.forEach(LevelWindows::advance);
                closeBroken();
            } catch (InterruptedException e) {
                closing = true;
            } catch (RuntimeException e) {
                LOG.error("event=sampler_disturbed", e);
                LockSupport.parkNanos(IDLE.toNanos());
            }
        }
        end();
    }

    /** Takes in what a load may still bring, and lets everything go. */
    private void end() {
        loads.shutdownNow();
        try {
            if (!loads.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("event=load_goes_on models={}", loading);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            event.run();
        }
        waiting.forEach(work -> work.outcome().cancel(false));
        engines.values().forEach(LevelWindows::close);
        engines.clear();
    }

    private void handleEvents() throws InterruptedException {
        boolean busy = engines.values().stream().anyMatch(LevelWindows::busy);
        Runnable event = busy ? events.poll() : events.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        while (event != null) {
            event.run();
            event = events.poll();
        }
    }

    private void place() {
        Iterator<GenerationWork> all = waiting.iterator();
        while (all.hasNext()) {
            GenerationWork work = all.next();
            LevelKey key = work.key();
            if (isOver(work)) {
                all.remove();
            } else if (engines.containsKey(key)) {
                if (engines.get(key).begin(work)) {
                    all.remove();
                }
            } else if (!loading.contains(key)) {
                if (!makeRoom(key)) {
                    break;
                }
                load(key);
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

    /** Whether the model may be loaded: it has other levels here, or there is room, or one that does nothing can go. */
    private boolean makeRoom(LevelKey key) {
        Set<String> here = new HashSet<>();
        engines.keySet().forEach(loaded -> here.add(loaded.digest()));
        loading.forEach(loaded -> here.add(loaded.digest()));
        if (here.contains(key.digest()) || here.size() < models) {
            return true;
        }
        for (LevelKey oldest : List.copyOf(engines.keySet())) {
            String digest = oldest.digest();
            boolean idle = loading.stream().noneMatch(other -> other.digest().equals(digest))
                    && engines.entrySet().stream()
                            .noneMatch(entry -> entry.getKey().digest().equals(digest)
                                    && entry.getValue().busy());
            if (idle) {
                unload(digest);
                return true;
            }
        }
        return false;
    }

    private void unload(String digest) {
        Iterator<Map.Entry<LevelKey, LevelWindows>> all = engines.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<LevelKey, LevelWindows> entry = all.next();
            if (entry.getKey().digest().equals(digest)) {
                LOG.info(
                        "event=model_unloaded model={} level={}",
                        entry.getKey().model(),
                        entry.getKey().level());
                entry.getValue().close();
                all.remove();
            }
        }
    }

    private void load(LevelKey key) {
        loading.add(key);
        loads.execute(() -> {
            long start = System.nanoTime();
            try {
                LevelEngine level = loader.load(key);
                LOG.info(
                        "event=model_loaded model={} level={} slots={} millis={}",
                        key.model(),
                        key.level(),
                        loader.slots(),
                        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
                events.add(() -> loaded(key, level));
            } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
                LOG.warn(
                        "event=model_not_loaded model={} level={} reason=\"{}\"",
                        key.model(),
                        key.level(),
                        e.toString());
                events.add(() -> notLoaded(key, e));
            }
        });
    }

    private void loaded(LevelKey key, LevelEngine level) {
        loading.remove(key);
        meters.loads.increment();
        engines.put(key, new LevelWindows(level, segments, stopped, meters));
    }

    private void notLoaded(LevelKey key, Throwable failure) {
        loading.remove(key);
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

    private void closeBroken() {
        engines.values().removeIf(level -> {
            if (level.broken()) {
                level.close();
            }
            return level.broken();
        });
    }

    /** Ends the loop; what it still does is cancelled. */
    @Override
    public void close() {
        events.add(() -> closing = true);
        try {
            thread.join(2 * CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
