package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.Rejection;
import dev.segue.orchestrator.callback.OpenCallbacks;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is said of requests for a model of published sizes; and parts of requests. */
final class Verdicts {
    static final Instant NOW = Instant.parse("2025-01-02T03:04:05Z");
    static final ModelCard CARD = Cards.published();
    static final Limits LIMITS = Limits.DEFAULT.with(OpenCallbacks.RULES);
    static final String SONG_ID =
            ", but must be 1 to 64 of a-z, 0-9 and dash, the first a letter or digit; choose such an id.";

    private Verdicts() {}

    static SongRequest.Builder request() {
        return Requests.of(CARD, 20);
    }

    static List<String> check(SongRequest.Builder request, ModelCard card, Limits limits) {
        return new RequestCheck(limits)
                .check(request.build(), Optional.ofNullable(card), List.of("tiny", "1b-lyrics"), NOW).stream()
                        .map(Rejection::sentence)
                        .toList();
    }

    static void assertFine(SongRequest.Builder request) {
        assertThat(check(request, CARD, LIMITS)).isEmpty();
    }

    static void assertRefused(SongRequest.Builder request, String... sentences) {
        assertThat(check(request, CARD, LIMITS)).containsExactly(sentences);
    }

    static LevelSampling sampling(int level, double temperature, int topK, double topP) {
        return LevelSampling.newBuilder()
                .setLevel(level)
                .setTemperature(temperature)
                .setTopK(topK)
                .setTopP(topP)
                .build();
    }

    static AudioPrompt prompt(String object, Double seconds) {
        return AudioPrompt.newBuilder().setObject(object).setSeconds(seconds).build();
    }

    static EarlierSong earlier(String songId, EarlierSongUse use, Double seconds) {
        return EarlierSong.newBuilder()
                .setSongId(songId)
                .setUse(use)
                .setSeconds(seconds)
                .build();
    }
}
