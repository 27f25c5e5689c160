package dev.segue.standalone.song;

import dev.segue.standalone.watch.Sentences;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How long each part of a run took. Owned by one thread. */
final class StopWatch {
    private static final double NANOS = 1e9;

    private final Map<String, Double> laps = new LinkedHashMap<>();
    private final long start = System.nanoTime();
    private long last = start;

    /** Ends one part. */
    void lap(String part) {
        long now = System.nanoTime();
        laps.put(part, (now - last) / NANOS);
        last = now;
    }

    @Override
    public String toString() {
        return "took " + Sentences.seconds((last - start) / NANOS) + ": "
                + laps.entrySet().stream()
                        .map(lap -> Sentences.seconds(lap.getValue()) + " " + lap.getKey())
                        .collect(Collectors.joining(", "));
    }
}
