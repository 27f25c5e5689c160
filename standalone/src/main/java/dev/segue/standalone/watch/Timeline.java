package dev.segue.standalone.watch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.client.SongEvents;
import dev.segue.contracts.record.AudioReady;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongProgress;
import dev.segue.standalone.songs.SongObjects;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was done for a song and when: from its manifest, or from its events where it has none. */
final class Timeline {
    private static final int WIDTH = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Timeline() {}

    static List<String> of(String song, SongEvents events, SongObjects objects) throws IOException {
        List<SongEvent> happened = events.upToNow();
        if (happened.isEmpty()) {
            return List.of("nothing is known of " + song);
        }
        Instant zero = happened.get(0).getAt();
        Optional<byte[]> manifest = objects.manifest(song);
        List<TimeChart.Row> rows =
                new ArrayList<>(manifest.isPresent() ? ofManifest(JSON.readTree(manifest.get())) : ofEvents(happened));
        composing(happened, rows).ifPresent(rows::add);
        return TimeChart.draw(zero, rows, WIDTH);
    }

    private static List<TimeChart.Row> ofManifest(JsonNode manifest) {
        Map<String, List<TimeChart.Span>> rows = new TreeMap<>(order());
        for (JsonNode entry : manifest.path("timeline")) {
            rows.computeIfAbsent(
                            label(
                                    entry.path("work").asText(),
                                    entry.path("level").asInt()),
                            label -> new ArrayList<>())
                    .add(new TimeChart.Span(
                            Instant.parse(entry.path("startedAt").asText()),
                            Instant.parse(entry.path("finishedAt").asText())));
        }
        return rows(rows);
    }

    /** Between two events a level was sampled if it had more codes in the second. */
    private static List<TimeChart.Row> ofEvents(List<SongEvent> events) {
        Map<String, List<TimeChart.Span>> rows = new TreeMap<>(order());
        Map<Integer, Integer> codes = new TreeMap<>();
        Instant last = events.get(0).getAt();
        for (SongEvent event : events) {
            SongProgress progress = event.getProgress();
            if (progress != null) {
                for (LevelProgress level : progress.getLevels()) {
                    Integer before = codes.put(level.getLevel(), level.getCodes());
                    if (before != null && level.getCodes() > before) {
                        rows.computeIfAbsent(label("sample", level.getLevel()), label -> new ArrayList<>())
                                .add(new TimeChart.Span(last, event.getAt()));
                    }
                }
                last = event.getAt();
            }
            AudioReady audio = event.getAudioReady();
            if (audio != null) {
                rows.computeIfAbsent(label("decode", audio.getLevel()), label -> new ArrayList<>())
                        .add(new TimeChart.Span(event.getAt(), event.getAt()));
            }
        }
        return rows(rows);
    }

    /** From the last work before to the terminal event. */
    private static Optional<TimeChart.Row> composing(List<SongEvent> events, List<TimeChart.Row> before) {
        return events.stream()
                .filter(event -> event.getKind() == SongEventKind.COMPLETED)
                .findFirst()
                .flatMap(completed -> before.stream()
                        .map(TimeChart.Row::to)
                        .max(Instant::compareTo)
                        .filter(end -> end.isBefore(completed.getAt()))
                        .map(end -> new TimeChart.Row("compose", List.of(new TimeChart.Span(end, completed.getAt())))));
    }

    private static String label(String work, int level) {
        return "level " + level + " " + work;
    }

    /** Coarse levels first, and codes before their sound. */
    private static Comparator<String> order() {
        return Comparator.comparing((String label) -> label.substring(0, label.lastIndexOf(' ')))
                .reversed()
                .thenComparing(label -> label.endsWith("sample") ? "" : label);
    }

    private static List<TimeChart.Row> rows(Map<String, List<TimeChart.Span>> rows) {
        return rows.entrySet().stream()
                .map(row -> new TimeChart.Row(row.getKey(), row.getValue()))
                .toList();
    }
}
