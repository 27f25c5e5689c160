package dev.segue.contracts.topic;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The groups in which workers share tasks: a worker holds a lock on a task while it works, and renews it; a task whose
 * lock runs out goes to another.
 *
 * @param prefix what all names begin with, as those of {@link Topics}
 * @param lock how long a task stays with a worker that says nothing; a broker takes 15 s to 60 s unless told otherwise
 */
public record ShareGroups(String prefix, Duration lock) {
    /** How long a task stays with a worker that says nothing, unless told otherwise. */
    public static final Duration DEFAULT_LOCK = Duration.ofSeconds(30);

    /** How often a task is given out before the broker drops it; what is given out for the last time is reported. */
    public static final int DELIVERY_LIMIT = 5;

    public ShareGroups {
        Objects.requireNonNull(prefix, "prefix is null");
        Objects.requireNonNull(lock, "lock is null");
    }

    /** The groups of an installation with a lock of usual length. */
    public ShareGroups(String prefix) {
        this(prefix, DEFAULT_LOCK);
    }

    /** The generation workers of a pool. */
    public String generation(LevelPool pool) {
        return prefix + "generation." + pool.title();
    }

    /** The assembly workers. */
    public String assembly() {
        return prefix + "assembly";
    }

    /** All of them. */
    public List<String> all() {
        return Stream.concat(Arrays.stream(LevelPool.values()).map(this::generation), Stream.of(assembly()))
                .toList();
    }

    /** Settings of each group, to be made before its first worker starts: a group begins where they say. */
    public Map<String, String> settings() {
        return Map.of(
                "share.auto.offset.reset",
                "earliest",
                "share.isolation.level",
                "read_committed",
                "share.record.lock.duration.ms",
                Long.toString(lock.toMillis()),
                "share.delivery.count.limit",
                Integer.toString(DELIVERY_LIMIT));
    }
}
