package dev.segue.standalone.watch;

import dev.segue.contracts.client.SongState;
import dev.segue.contracts.record.SongProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Songs as a table for people. */
final class StatusTable {
    private static final List<String> HEAD = List.of("SONG", "TENANT", "STAGE", "DONE", "BEFORE IT", "TO GO", "AGE");
    private static final String NONE = "–";

    private StatusTable() {}

    static List<String> of(List<SongState> songs, Instant now) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        songs.forEach(song -> rows.add(row(song, now)));
        int[] widths = IntStream.range(0, HEAD.size())
                .map(column -> rows.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static List<String> row(SongState song, Instant now) {
        boolean ended = song.outcome().isPresent();
        return List.of(
                song.songId(),
                song.tenant(),
                ended ? song.outcome().get().title() : song.stage().name().toLowerCase(Locale.ROOT),
                String.format(Locale.ROOT, "%.0f %%", 100 * song.share()),
                ended
                        ? NONE
                        : song.progress()
                                .map(SongProgress::getQueuePosition)
                                .map(String::valueOf)
                                .orElse(NONE),
                ended
                        ? NONE
                        : song.progress()
                                .map(SongProgress::getEtaSeconds)
                                .map(Sentences::seconds)
                                .orElse(NONE),
                Sentences.seconds((double) Duration.between(song.since(), now).toSeconds()));
    }

    private static String line(List<String> row, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> String.format("%-" + widths[column] + "s", row.get(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }
}
