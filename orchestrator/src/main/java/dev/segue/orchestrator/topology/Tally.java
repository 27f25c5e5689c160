package dev.segue.orchestrator.topology;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How often something happened since the program started. Safe for any number of threads. */
public final class Tally {
    /** What is counted. */
    public enum Event {
        /** A result of work that was accepted before, dropped. */
        DUPLICATE_RESULT,
        /** A result of a song that does not run, dropped. */
        LATE_RESULT,
        /** A result that another model made, dropped. */
        FOREIGN_RESULT,
        /** A result of work that was never given out, dropped. */
        UNEXPECTED_RESULT,
        /** A record that went to dead letters. */
        DEAD_LETTER,
        /** Work that was given out again. */
        RETRY,
        /** Work whose worker went silent, or that nobody took. */
        LOST_TASK,
        /** A window's codes, accepted. */
        WINDOW,
        /** A song that was accepted. */
        ACCEPTED_SONG,
        /** A song that ended, however. */
        ENDED_SONG,
        /** A record whose step failed and was undone. */
        UNDONE_STEP,
        /** A wait for a registry that did not answer. */
        REGISTRY_WAIT
    }

    private final Map<Event, LongAdder> counts;

    /** Nothing has happened. */
    public Tally() {
        Map<Event, LongAdder> zero = new EnumMap<>(Event.class);
        for (Event event : Event.values()) {
            zero.put(event, new LongAdder());
        }
        counts = Collections.unmodifiableMap(zero);
    }

    void count(Event event) {
        counts.get(event).increment();
    }

    /** How often it happened. */
    public long of(Event event) {
        return counts.get(event).sum();
    }

    /** Everything, by event. */
    public Map<Event, Long> all() {
        Map<Event, Long> all = new EnumMap<>(Event.class);
        counts.forEach((event, count) -> all.put(event, count.sum()));
        return all;
    }
}
