package dev.segue.worker.generation;

import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The levels of models that are loaded: so many models at once; if another is asked for, the one that was not used for
 * longest goes, but never one that is at work.
 *
 * <p>Owned by the thread that samples, to which loads that end are handed over.
 */
final class LoadedLevels implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LoadedLevels.class);

    private final int models;
    /** Least recently used first. */
    private final Map<LevelKey, LevelWindows> levels = new LinkedHashMap<>(16, 0.75f, true);

    private final LevelLoads loads;

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
            GenerationMeters meters,
            int models,
            Function<LevelEngine, LevelWindows> windows,
            Consumer<Runnable> owner,
            BiConsumer<LevelKey, Throwable> failed) {
        this.models = models;
        this.loads = new LevelLoads(
                name, loader, meters, owner, (key, level) -> levels.put(key, windows.apply(level)), failed);
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
        if (!loads.contains(key)) {
            if (!makeRoom(key.digest())) {
                return false;
            }
            loads.begin(key);
        }
        return true;
    }

    /** Whether a model may be loaded: it has other levels here, or there is room, or one that does nothing could go. */
    private boolean makeRoom(String digest) {
        Set<String> here = new HashSet<>();
        levels.keySet().forEach(key -> here.add(key.digest()));
        loads.digests().forEach(here::add);
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
        return loads.digests().noneMatch(digest::equals)
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
        loads.end();
    }

    @Override
    public void close() {
        levels.values().forEach(LevelWindows::close);
        levels.clear();
    }
}
