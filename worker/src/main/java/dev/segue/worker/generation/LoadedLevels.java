package dev.segue.worker.generation;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The levels of models that are loaded: so many models at once; if another is asked for, the one that was not used for
 * longest goes, but never one that is at work. Models are fetched and loaded in a thread of their own.
 *
 * <p>Owned by the thread that samples, to which loads that end are handed over.
 */
final class LoadedLevels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedLevels.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final LevelLoader loader;
    private final int models;
    private final Function<LevelEngine, LevelWindows> windows;
    private final Consumer<Runnable> owner;
    private final BiConsumer<LevelKey, Throwable> failed;
    /** Least recently used first. */
    private final Map<LevelKey, LevelWindows> levels = new LinkedHashMap<>(16, 0.75f, true);

    private final Set<LevelKey> loading = new HashSet<>();
    private final ExecutorService loads;

    /**
     * Nothing yet.
     *
     * @param models how many are kept
     * @param windows what a loaded level is used by
     * @param owner runs something in the owner's thread
     * @param failed hears, in the owner's thread, of levels that could not be loaded
     */
    LoadedLevels(
            String name,
            LevelLoader loader,
            int models,
            Function<LevelEngine, LevelWindows> windows,
            Consumer<Runnable> owner,
            BiConsumer<LevelKey, Throwable> failed) {
        this.loader = loader;
        this.models = models;
        this.windows = windows;
        this.owner = owner;
        this.failed = failed;
        this.loads = Executors.newSingleThreadExecutor(task -> new Thread(task, name + "-loads"));
    }

    /** A level that is loaded. */
    Optional<LevelWindows> get(LevelKey key) {
        return Optional.ofNullable(levels.get(key));
    }

    /** Whether any does anything. */
    boolean busy() {
        return levels.values().stream().anyMatch(LevelWindows::busy);
    }

    /** One burst of each that does anything. */
    void advance() {
        levels.values().stream().filter(LevelWindows::busy).toList().forEach(LevelWindows::advance);
        levels.values().removeIf(level -> {
            if (level.broken()) {
                level.close();
            }
            return level.broken();
        });
    }

    /**
     * Sees to it that a level is loaded.
     *
     * @return false if there is no room for its model now
     */
    boolean load(LevelKey key) {
        if (!loading.contains(key)) {
            if (!makeRoom(key.digest())) {
                return false;
            }
            loading.add(key);
            loads.execute(() -> loadNow(key));
        }
        return true;
    }

    private void loadNow(LevelKey key) {
        long start = System.nanoTime();
        try {
            LevelEngine level = loader.load(key);
            LOG.info(
                    "event=model_loaded model={} level={} slots={} millis={}",
                    key.model(),
                    key.level(),
                    loader.slots(),
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
            owner.accept(() -> {
                loading.remove(key);
                levels.put(key, windows.apply(level));
            });
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            LOG.warn("event=model_not_loaded model={} level={} reason=\"{}\"", key.model(), key.level(), e.toString());
            owner.accept(() -> {
                loading.remove(key);
                failed.accept(key, e);
            });
        }
    }

    /** Whether a model may be loaded: it has other levels here, or there is room, or one that does nothing could go. */
    private boolean makeRoom(String digest) {
        Set<String> here = new HashSet<>();
        levels.keySet().forEach(key -> here.add(key.digest()));
        loading.forEach(key -> here.add(key.digest()));
        if (here.contains(digest) || here.size() < models) {
            return true;
        }
        Optional<String> idle = List.copyOf(levels.keySet()).stream()
                .map(LevelKey::digest)
                .filter(this::idle)
                .findFirst();
        idle.ifPresent(this::unload);
        return idle.isPresent();
    }

    private boolean idle(String digest) {
        return loading.stream().noneMatch(key -> key.digest().equals(digest))
                && levels.entrySet().stream()
                        .filter(entry -> entry.getKey().digest().equals(digest))
                        .noneMatch(entry -> entry.getValue().busy());
    }

    private void unload(String digest) {
        Iterator<Map.Entry<LevelKey, LevelWindows>> all = levels.entrySet().iterator();
        while (all.hasNext()) {
            Map.Entry<LevelKey, LevelWindows> entry = all.next();
            LevelKey key = entry.getKey();
            if (key.digest().equals(digest)) {
                LOG.info("event=model_unloaded model={} level={}", key.model(), key.level());
                entry.getValue().close();
                all.remove();
            }
        }
    }

    /** Lets loads that are under way end; what they bring is still handed over. */
    void endLoads() {
        loads.shutdownNow();
        try {
            if (!loads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("event=load_goes_on levels={}", loading);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        levels.values().forEach(LevelWindows::close);
        levels.clear();
    }
}
