package dev.segue.orchestrator.status.page;

import dev.segue.orchestrator.status.document.LevelDocument;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongStatus;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the page says of songs, in plain words. */
final class SongWords {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final long ROUGH_SECONDS = 100;

    private SongWords() {}

    /** The states that the list can be narrowed to, in the order of a song's way. */
    static List<SongStatus> states() {
        return List.of(
                SongStatus.QUEUED,
                SongStatus.SAMPLING,
                SongStatus.COMPLETED,
                SongStatus.FAILED,
                SongStatus.CANCELLED,
                SongStatus.EXPIRED,
                SongStatus.REJECTED);
    }

    static String state(SongStatus state) {
        return switch (state) {
            case RECEIVED -> "Received";
            case PREPARING -> "Preparing";
            case QUEUED -> "Queued";
            case SAMPLING -> "Being made";
            case COMPOSING -> "Put together";
            case COMPLETED -> "Finished";
            case FAILED -> "Failed";
            case CANCELLED -> "Cancelled";
            case EXPIRED -> "Expired";
            case REJECTED -> "Refused";
        };
    }

    /** What a song is called: whom and what it is to sound like, or else its id. */
    static String title(String id, String artist, List<String> genres) {
        String all = Stream.concat(Stream.of(artist), genres.stream())
                .filter(word -> !word.isBlank())
                .collect(Collectors.joining(" · "));
        return all.isEmpty() ? id : all;
    }

    /** Where a song is, in one sentence. */
    static String said(SongDocument song) {
        return switch (song.state()) {
            case RECEIVED, PREPARING -> "Its words are held against what the model knows.";
            case QUEUED -> queued(song);
            case SAMPLING -> percent(song.share()) + " % of its codes are sampled" + left(song) + ".";
            case COMPOSING -> "All of it is sampled; the song is being put together.";
            case COMPLETED -> "Finished: " + seconds(song.durationSeconds()) + " of sound.";
            case FAILED -> "It could not be made.";
            case CANCELLED -> "It was cancelled.";
            case EXPIRED -> "Its deadline passed before it was finished.";
            case REJECTED -> "The request cannot be served as it is.";
        };
    }

    static String seconds(Optional<Double> seconds) {
        return seconds.map(some -> brief(some) + " s").orElse("no known length");
    }

    private static String queued(SongDocument song) {
        int before = song.queuePosition().orElse(0);
        return switch (before) {
                    case 0 -> "It is the next to start.";
                    case 1 -> "One song starts before it.";
                    default -> before + " songs start before it.";
                }
                + song.etaSeconds()
                        .map(eta -> " It will be finished in about " + roughly(eta) + ".")
                        .orElse("");
    }

    private static String left(SongDocument song) {
        return song.etaSeconds().map(eta -> ", about " + roughly(eta) + " left").orElse("");
    }

    /** What the list says of the time that a song still takes, or of its end. */
    static String remaining(SongDocument song) {
        int before = song.queuePosition().orElse(0);
        return before > 0
                ? before + " before it"
                : song.etaSeconds().map(eta -> roughly(eta) + " left").orElse("");
    }

    private static String roughly(double seconds) {
        return seconds < ROUGH_SECONDS
                ? Math.max(1, Math.round(seconds)) + " s"
                : Math.round(seconds / Duration.ofMinutes(1).toSeconds()) + " min";
    }

    /** Top, middle, bottom: what a level is called in a song that has these. */
    static String level(SongDocument song, int level) {
        int top = song.levels().stream().mapToInt(LevelDocument::level).max().orElse(level);
        return level == 0 ? "Bottom" : level == top ? "Top" : "Middle";
    }

    static long percent(double share) {
        return (long) Math.floor(share * 100);
    }

    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** A number without digits that say nothing. */
    static String brief(double number) {
        return BigDecimal.valueOf(number)
                .setScale(2, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    static String count(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    static String size(long bytes) {
        return bytes < 1000 ? bytes + " B" : bytes < 1_000_000 ? bytes / 1000 + " kB" : brief(bytes / 1e6) + " MB";
    }

    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }
}
