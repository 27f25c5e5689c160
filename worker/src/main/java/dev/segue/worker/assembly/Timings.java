package dev.segue.worker.assembly;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.TimelineEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How long a song took, in milliseconds: how long each kind of work went on, and how much of it was done meanwhile. */
final class Timings {
    /** Kinds of work in a timeline, and what they are called here. */
    private static final Map<String, String> WORK =
            Map.of("sample", "sampling", "align", "aligning", "decode", "decoding");

    private static final List<String> ORDER = List.of("sample", "align", "decode");

    private Timings() {}

    /**
     * What the manifest says.
     *
     * @param composing when putting the song together began
     * @param finished when it was done
     */
    static ObjectNode of(ComposeSong song, Instant composing, Instant finished) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("requestedAt", song.getRequestedAt().toString());
        node.put("admittedAt", song.getAdmittedAt().toString());
        node.put("finishedAt", finished.toString());
        node.put("queuedMillis", millis(song.getRequestedAt(), song.getAdmittedAt()));
        for (String kind : ORDER) {
            node.put(WORK.get(kind) + "Millis", span(song.getTimeline(), kind));
        }
        node.put("composingMillis", millis(composing, finished));
        node.put("totalMillis", millis(song.getRequestedAt(), finished));
        ObjectNode work = node.putObject("work");
        for (String kind : ORDER) {
            work.put(WORK.get(kind) + "Millis", sum(song.getTimeline(), kind));
        }
        return node;
    }

    /** From the first beginning to the last end; work of other kinds goes on at the same time. */
    private static long span(List<TimelineEntry> timeline, String kind) {
        List<TimelineEntry> entries =
                timeline.stream().filter(entry -> entry.getWork().equals(kind)).toList();
        Optional<Instant> first =
                entries.stream().map(TimelineEntry::getStartedAt).min(Instant::compareTo);
        Optional<Instant> last =
                entries.stream().map(TimelineEntry::getFinishedAt).max(Instant::compareTo);
        return first.isEmpty() ? 0 : millis(first.get(), last.orElseThrow());
    }

    /** The work of all workers, which may be many at once. */
    private static long sum(List<TimelineEntry> timeline, String kind) {
        return timeline.stream()
                .filter(entry -> entry.getWork().equals(kind))
                .mapToLong(entry -> millis(entry.getStartedAt(), entry.getFinishedAt()))
                .sum();
    }

    private static long millis(Instant from, Instant to) {
        return Duration.between(from, to).toMillis();
    }
}
