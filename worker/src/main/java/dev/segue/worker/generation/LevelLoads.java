package dev.segue.worker.generation;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Levels of models that are being fetched and loaded, one after the other in a thread of its own.
 *
 * <p>Owned by the thread that samples, to which what comes of a load is handed over.
 */
final class LevelLoads {
    private static final Logger LOG = LoggerFactory.getLogger(LevelLoads.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final LevelLoader loader;
    private final GenerationMeters meters;
    private final Consumer<Runnable> owner;
    private final BiConsumer<LevelKey, LevelEngine> loaded;
    private final BiConsumer<LevelKey, Throwable> failed;
    private final Set<LevelKey> underWay = new HashSet<>();
    private final ExecutorService thread;

    /**
     * Nothing yet.
     *
     * @param owner runs something in the owner's thread
     * @param loaded takes, in the owner's thread, what was loaded
     * @param failed hears, in the owner's thread, of levels that could not be loaded
     */
    LevelLoads(
            String name,
            LevelLoader loader,
            GenerationMeters meters,
            Consumer<Runnable> owner,
            BiConsumer<LevelKey, LevelEngine> loaded,
            BiConsumer<LevelKey, Throwable> failed) {
        this.loader = loader;
        this.meters = meters;
        this.owner = owner;
        this.loaded = loaded;
        this.failed = failed;
        this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, name + "-loads"));
    }

    /** Whether a level is among them. */
    boolean contains(LevelKey key) {
        return underWay.contains(key);
    }

    /** The models of all of them. */
    Stream<String> digests() {
        return underWay.stream().map(LevelKey::digest);
    }

    /** Begins another one. */
    void begin(LevelKey key) {
        underWay.add(key);
        thread.execute(() -> load(key));
    }

    private void load(LevelKey key) {
        long start = System.nanoTime();
        try {
            LevelEngine level = loader.load(key);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            meters.loaded(key.level(), took);
            LOG.info(
                    "event=model_loaded model={} level={} slots={} millis={}",
                    key.model(),
                    key.level(),
                    loader.slots(),
                    took.toMillis());
            owner.accept(() -> {
                underWay.remove(key);
                loaded.accept(key, level);
            });
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("event=model_not_loaded model={} level={} reason=\"{}\"", key.model(), key.level(), e.toString());
            owner.accept(() -> {
                underWay.remove(key);
                failed.accept(key, e);
            });
        }
    }

    /** Lets those under way end; what they bring is still handed over. */
    void end() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("event=load_goes_on levels={}", underWay);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
