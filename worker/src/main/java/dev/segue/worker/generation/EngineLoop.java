package dev.segue.worker.generation;

import dev.segue.worker.tasks.StoppedSongs;
import java.time.Duration;
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
    /** A turn is one burst of every level, and what is read of contexts: minutes with a large model on a CPU. */
    private static final Duration LONGEST_TURN = Duration.ofMinutes(10);

    private static final Duration CLOSE = Duration.ofSeconds(30);

    private final LoadedLevels levels;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final WaitingWork waiting;
    private final Thread thread;
    private volatile long turnedAt = System.nanoTime();
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
        this.waiting = new WaitingWork(segments, stopped, meters);
        this.levels = new LoadedLevels(
                name,
                loader,
                meters,
                models,
                level -> new LevelWindows(level, segments, stopped, meters),
                events::add,
                this::notLoaded);
        this.thread = new Thread(this::run, name + "-sampler");
    }

    void start() {
        thread.start();
    }

    /** Whether it does not stand still. Any thread may ask. */
    boolean isTurning() {
        return System.nanoTime() - turnedAt < LONGEST_TURN.toNanos();
    }

    /** Takes a task; its outcome tells what became of it. */
    void submit(GenerationWork work) {
        events.add(() -> waiting.add(work));
    }

    private void run() {
        while (!closing) {
            turnedAt = System.nanoTime();
            try {
                handleEvents();
                if (!closing) {
                    waiting.place(levels);
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
        waiting.cancel();
        levels.close();
    }

    private void handleEvents() throws InterruptedException {
        Runnable event = levels.busy() ? events.poll() : events.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
        while (event != null) {
            event.run();
            event = events.poll();
        }
    }

    private void notLoaded(LevelKey key, Throwable failure) {
        // While closing, the load was interrupted; what waits for it is cancelled, for another worker.
        if (!closing) {
            waiting.fail(key, failure);
        }
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
