package dev.segue.orchestrator.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store whose changes are held back until all that belongs together is known, so that a step which fails half-way
 * leaves nothing behind.
 *
 * <p>Owned by the thread of the orchestrator's task.
 */
public final class BufferedTable {
    private final KeyValueStore<Bytes, byte[]> store;
    /** Changes by key; null for a deletion. */
    private final TreeMap<Bytes, byte[]> changes = new TreeMap<>();

    /** Nothing is changed yet. */
    public BufferedTable(KeyValueStore<Bytes, byte[]> store) {
        this.store = Objects.requireNonNull(store, "store is null");
    }

    /** What lies under a key, changes included; null if nothing does. */
    public byte[] get(Bytes key) {
        return changes.containsKey(key) ? changes.get(key) : store.get(key);
    }

    public void put(Bytes key, byte[] value) {
        changes.put(key, Objects.requireNonNull(value, "value is null"));
    }

    /** Deletes what lies under a key; nothing happens if nothing does. */
    public void delete(Bytes key) {
        if (store.get(key) == null) {
            changes.remove(key);
        } else {
            changes.put(key, null);
        }
    }

    /** Everything whose key begins with {@code prefix}, changes included, by key. */
    public List<KeyValue<Bytes, byte[]>> startingWith(Bytes prefix) {
        Bytes behind = behind(prefix);
        TreeMap<Bytes, byte[]> found = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> stored = store.range(prefix, behind)) {
            stored.forEachRemaining(entry -> found.put(entry.key, entry.value));
        }
        found.remove(behind);
        found.putAll(changes.subMap(prefix, behind));
        List<KeyValue<Bytes, byte[]>> entries = new ArrayList<>();
        found.forEach((key, value) -> {
            if (value != null) {
                entries.add(KeyValue.pair(key, value));
            }
        });
        return entries;
    }

    /** The first key behind all that begin with {@code prefix}, whose last byte is never the highest. */
    private static Bytes behind(Bytes prefix) {
        byte[] next = prefix.get().clone();
        next[next.length - 1]++;
        return Bytes.wrap(next);
    }

    /** Everything that the store holds, without changes, by key; to be closed. */
    public KeyValueIterator<Bytes, byte[]> stored() {
        return store.all();
    }

    /** Makes the changes. */
    public void flush() {
        for (Map.Entry<Bytes, byte[]> change : changes.entrySet()) {
            store.put(change.getKey(), change.getValue());
        }
        changes.clear();
    }

    /** Forgets the changes. */
    public void drop() {
        changes.clear();
    }
}
