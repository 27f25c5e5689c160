package dev.segue.contracts.client;

import dev.segue.contracts.record.AudioReady;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.SongAccepted;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongProgress;
import dev.segue.contracts.record.SongStage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a song after some of its events.
 *
 * @param songId its id
 * @param tenant on whose behalf
 * @param since when the first event was
 * @param latest when the last one was
 * @param accepted what was accepted; empty before
 * @param progress where it is; empty before anybody said so
 * @param preview the first sound of its beginning that can be heard; empty before
 * @param end the terminal event; empty before
 */
public record SongState(
        String songId,
        String tenant,
        Instant since,
        Instant latest,
        Optional<SongAccepted> accepted,
        Optional<SongProgress> progress,
        Optional<AudioReady> preview,
        Optional<SongEvent> end) {

    /** All songs of these events, the first one first. */
    public static Map<String, SongState> of(List<SongEvent> events) {
        Map<String, SongState> states = new LinkedHashMap<>();
        for (SongEvent event : events) {
            states.put(
                    event.getSongId(),
                    states.getOrDefault(event.getSongId(), unknown(event)).after(event));
        }
        return states;
    }

    /** Before the first event of a song, which it is {@link #after} next. */
    public static SongState unknown(SongEvent first) {
        return new SongState(
                first.getSongId(),
                first.getTenant(),
                first.getAt(),
                first.getAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** After one more event. A song that was rejected begins anew when its id is used again. */
    public SongState after(SongEvent event) {
        if (event.getKind() == SongEventKind.RECEIVED && end.isPresent() && rejected()) {
            return unknown(event).after(event);
        }
        // What is said about another request with its id is not about the song.
        boolean about = event.getKind() != SongEventKind.REFUSED && event.getKind() != SongEventKind.UNKNOWN;
        if (!about || (end.isPresent() && Outcome.of(event).isEmpty())) {
            return this;
        }
        return new SongState(
                songId,
                event.getTenant(),
                since,
                event.getAt(),
                Optional.ofNullable(event.getAccepted()).or(() -> accepted),
                Optional.ofNullable(event.getProgress()).or(() -> progress),
                preview.or(() -> Optional.ofNullable(event.getAudioReady()).filter(SongState::isBeginning)),
                Outcome.of(event).isPresent() ? Optional.of(event) : end);
    }

    /** A later piece may be ready before the first one. */
    private static boolean isBeginning(AudioReady ready) {
        return ready.getFromSample() == 0;
    }

    private boolean rejected() {
        return end.flatMap(Outcome::of).filter(Outcome.REJECTED::equals).isPresent();
    }

    /** How it ended; empty while it goes on. */
    public Optional<Outcome> outcome() {
        return end.flatMap(Outcome::of);
    }

    /** Where it is. */
    public SongStage stage() {
        return progress.map(SongProgress::getStage).orElse(SongStage.PREPARING);
    }

    /** The share of its new codes that exist, from 0 to 1. */
    public double share() {
        if (outcome().filter(Outcome.COMPLETED::equals).isPresent()) {
            return 1;
        }
        List<LevelProgress> levels = progress.map(SongProgress::getLevels).orElse(List.of());
        long asked = levels.stream()
                .mapToLong(level -> level.getTotalCodes() - level.getPromptCodes())
                .sum();
        long made = levels.stream()
                .mapToLong(level -> level.getCodes() - level.getPromptCodes())
                .sum();
        return asked <= 0 ? 0 : Math.max(0, Math.min(1, made / (double) asked));
    }
}
