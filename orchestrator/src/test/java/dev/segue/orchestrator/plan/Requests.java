package dev.segue.orchestrator.plan;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.TrustedRecords;
import java.util.Collections;
import java.util.List;

/** Requests with nothing wrong about them. */
final class Requests {
    static {
        TrustedRecords.trust();
    }

    private Requests() {}

    /** An ancestral song. */
    static SongRequest.Builder of(ModelCard card, double seconds) {
        return SongRequest.newBuilder()
                .setSongId("song-1")
                .setModel(card.name())
                .setDurationSeconds(seconds);
    }

    static SongRequest.Builder primed(ModelCard card, double seconds) {
        return of(card, seconds)
                .setAudioPrompt(
                        AudioPrompt.newBuilder().setObject("prompts/a.wav").build());
    }

    static SongRequest.Builder madeFrom(ModelCard card, double seconds, EarlierSongUse use) {
        return of(card, seconds)
                .setEarlierSong(
                        EarlierSong.newBuilder().setSongId("song-0").setUse(use).build());
    }

    static List<Integer> noPrompt(ModelCard card) {
        return Collections.nCopies(card.levels().size(), 0);
    }

    static SongPlan plan(ModelCard card, SongRequest.Builder request, List<Integer> promptCodes) {
        return SongPlan.of(request.build(), card, "digest", promptCodes);
    }

    static SongPlan plan(ModelCard card, SongRequest.Builder request) {
        return plan(card, request, noPrompt(card));
    }
}
