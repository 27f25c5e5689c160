package dev.segue.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Where the time of one finished song went, by its manifest.
 *
 * @param work everything that was done for it, in the order of beginning
 * @param requestedAt when the orchestrator had its request
 * @param finishedAt when it was composed
 * @param composing how long that took
 */
record SongTimes(List<Work> work, Instant requestedAt, Instant finishedAt, Duration composing) {

    /** One line of the timeline. */
    record Work(String kind, int level, int window, int codes, Instant started, Instant finished) {}

    /** Reads a manifest. */
    static SongTimes of(JsonNode manifest) {
        List<Work> work = StreamSupport.stream(manifest.path("timeline").spliterator(), false)
                .map(entry -> new Work(
                        entry.path("work").asText(),
                        entry.path("level").asInt(),
                        entry.path("window").asInt(),
                        entry.path("codes").asInt(),
                        Instant.parse(entry.path("startedAt").asText()),
                        Instant.parse(entry.path("finishedAt").asText())))
                .sorted(Comparator.comparing(Work::started))
                .toList();
        JsonNode timings = manifest.path("timings");
        return new SongTimes(
                work,
                Instant.parse(timings.path("requestedAt").asText()),
                Instant.parse(timings.path("finishedAt").asText()),
                Duration.ofMillis(timings.path("composingMillis").asLong()));
    }

    /** Figures of it, in seconds unless their names say otherwise. */
    Map<String, Object> figures() {
        double total = seconds(requestedAt, finishedAt);
        double busy = busy();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("song_seconds", Report.rounded(total));
        figures.put("sampling_and_decoding_seconds", Report.rounded(busy));
        figures.put("composing_seconds", Report.rounded(composing.toMillis() / 1e3));
        figures.put("beyond_share", Report.rounded(beyondShare()));
        figures.put("first_sound_seconds", Report.rounded(seconds(requestedAt, firstSound())));
        figures.put("first_sound_at_share_of_codes", Report.rounded(codesAtFirstSound()));
        figures.put("bottom_begins_before_top_ends_seconds", Report.rounded(overlap()));
        return figures;
    }

    /** Share of the song's time in which nothing was sampled, aligned, decoded or composed for it. */
    double beyondShare() {
        double total = seconds(requestedAt, finishedAt);
        return (total - busy() - composing.toMillis() / 1e3) / total;
    }

    /** From the end of each window to the beginning of the next of its level, in milliseconds: publishing, step, lock. */
    List<Double> turns() {
        List<Double> turns = new ArrayList<>();
        for (Work window : work) {
            work.stream()
                    .filter(next -> next.kind().equals("sample")
                            && window.kind().equals("sample")
                            && next.level() == window.level()
                            && next.window() == window.window() + 1)
                    .forEach(next -> turns.add(1e3 * seconds(window.finished(), next.started())));
        }
        return turns;
    }

    /** Seconds in which at least one worker was at it. */
    private double busy() {
        double busy = 0;
        Instant until = requestedAt;
        for (Work done : work) {
            Instant from = done.started().isAfter(until) ? done.started() : until;
            if (done.finished().isAfter(from)) {
                busy += seconds(from, done.finished());
                until = done.finished();
            }
        }
        return busy;
    }

    private Instant firstSound() {
        return work.stream()
                .filter(done -> done.kind().equals("decode"))
                .map(Work::finished)
                .min(Comparator.naturalOrder())
                .orElse(finishedAt);
    }

    private double codesAtFirstSound() {
        Instant sound = firstSound();
        List<Work> windows =
                work.stream().filter(done -> done.kind().equals("sample")).toList();
        double all = windows.stream().mapToInt(Work::codes).sum();
        // Of a window under way, as much as of its time has passed.
        return windows.stream()
                        .mapToDouble(window -> window.codes()
                                * Math.max(
                                        0,
                                        Math.min(
                                                1,
                                                seconds(window.started(), sound)
                                                        / seconds(window.started(), window.finished()))))
                        .sum()
                / all;
    }

    private double overlap() {
        int top = work.stream().mapToInt(Work::level).max().orElse(0);
        Instant bottomBegins =
                sampled(0).map(Work::started).min(Comparator.naturalOrder()).orElse(finishedAt);
        Instant topEnds =
                sampled(top).map(Work::finished).max(Comparator.naturalOrder()).orElse(requestedAt);
        return seconds(bottomBegins, topEnds);
    }

    private Stream<Work> sampled(int level) {
        return work.stream().filter(done -> done.kind().equals("sample") && done.level() == level);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }
}
