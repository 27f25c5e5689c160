package dev.segue.standalone.watch;

import dev.segue.contracts.client.SongState;
import dev.segue.contracts.record.AudioReady;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.SongAccepted;
import dev.segue.contracts.record.SongCompleted;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongFailed;
import dev.segue.contracts.record.SongProgress;
import dev.segue.contracts.record.StoredObject;
import dev.segue.contracts.record.UnknownWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Events as sentences.
 *
 * @param place tells people where an object can be had
 * @param known tells people which names an artist or a genre may have
 */
public record Sentences(Function<StoredObject, String> place, UnaryOperator<String> known) {
    private static final double MILLIS = 1000;

    public Sentences {
        Objects.requireNonNull(place, "place is null");
        Objects.requireNonNull(known, "known is null");
    }

    /** Objects are fetched by a command. */
    public static Sentences fetching(String song) {
        String below = "songs/" + song + "/";
        return new Sentences(
                object -> "segue fetch " + song + " "
                        + (object.getKey().startsWith(below)
                                ? object.getKey().substring(below.length())
                                : object.getKey()),
                field -> "segue models lists the names that models of this machine know");
    }

    /** What people are told of an event; nothing for those that only move bars. */
    List<String> of(SongEvent event, SongState before) {
        return switch (event.getKind()) {
            case ACCEPTED -> accepted(event.getSongId(), event.getAccepted());
            case REJECTED -> rejected(event);
            case REFUSED -> List.of("refused: " + event.getProblem().getSentence());
            case REPEATED -> List.of("the same request was made before; the song goes on");
            case AUDIO_READY ->
                before.preview().isEmpty() && before.after(event).preview().isPresent()
                        ? preview(event.getAudioReady())
                        : List.of();
            case COMPLETED -> List.of(completed(event, before));
            case FAILED -> List.of("failed: " + failed(event.getFailed()));
            case CANCELLED -> List.of("cancelled" + (event.getReason().isEmpty() ? "" : ": " + event.getReason()));
            case EXPIRED -> List.of("expired" + (event.getReason().isEmpty() ? "" : ": " + event.getReason()));
            case UNKNOWN, RECEIVED, PROGRESS -> List.of();
        };
    }

    private List<String> accepted(String song, SongAccepted accepted) {
        List<String> sentences = new ArrayList<>();
        sentences.add("%s: %s of sound by %s, seed %d"
                .formatted(
                        song,
                        seconds(accepted.getSampleLength() / (double) accepted.getSampleRate()),
                        accepted.getModel(),
                        accepted.getSeed()));
        accepted.getUnknownWords().stream()
                .collect(Collectors.groupingBy(
                        word -> word.getField() + " \"" + word.getWord() + "\"", TreeMap::new, Collectors.toList()))
                .forEach((word, all) -> sentences.add("%s is unknown to level %s, which hears an unknown one; %s"
                        .formatted(word, levels(all), known.apply(all.get(0).getField()))));
        return sentences;
    }

    private static String levels(List<UnknownWord> words) {
        return words.stream().map(UnknownWord::getLevel).collect(Collectors.toCollection(TreeSet::new)).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    private static List<String> rejected(SongEvent event) {
        List<String> sentences =
                new ArrayList<>(List.of("rejected: " + event.getProblem().getSentence()));
        event.getMoreProblems().forEach(problem -> sentences.add("and " + problem.getSentence()));
        return sentences;
    }

    private List<String> preview(AudioReady ready) {
        double rate = ready.getSampleRate();
        return List.of("listen already, level %d from %s to %s: %s"
                .formatted(
                        ready.getLevel(),
                        seconds(ready.getFromSample() / rate),
                        seconds(ready.getToSample() / rate),
                        place.apply(ready.getAudio())));
    }

    private static String completed(SongEvent event, SongState before) {
        SongCompleted completed = event.getCompleted();
        String length = before.accepted()
                .map(accepted -> seconds(completed.getSamples() / (double) accepted.getSampleRate()))
                .orElse(completed.getSamples() + " samples");
        return "finished: %s of sound in %s".formatted(length, seconds(completed.getTotalMillis() / MILLIS));
    }

    private static String failed(SongFailed failed) {
        return "%s (%s, tried %s, %s)"
                .formatted(
                        failed.getMessage(),
                        failed.getWork(),
                        failed.getAttempts() == 1 ? "once" : failed.getAttempts() + " times",
                        failed.getReason().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    /** Where a song is, in words. */
    static String stage(SongState state) {
        if (state.outcome().isPresent()) {
            return state.outcome().get().title();
        }
        String stage = state.stage().name().toLowerCase(Locale.ROOT);
        return state.progress()
                .map(SongProgress::getQueuePosition)
                .map(position -> position == 0 ? stage + ", next" : stage + ", " + position + " before it")
                .orElse(stage);
    }

    /** How many codes of a level exist. */
    static String codes(LevelProgress level) {
        return String.format(Locale.ROOT, "%,d of %,d codes", level.getCodes(), level.getTotalCodes());
    }

    /** A length of time. */
    public static String seconds(double seconds) {
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
    }
}
