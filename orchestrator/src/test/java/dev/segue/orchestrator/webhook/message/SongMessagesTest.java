package dev.segue.orchestrator.webhook.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.record.AudioReady;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.LevelProgress;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongAccepted;
import dev.segue.contracts.record.SongCompleted;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.SongFailed;
import dev.segue.contracts.record.SongProgress;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.SongStage;
import dev.segue.contracts.record.StoredObject;
import dev.segue.contracts.record.TrustedRecords;
import dev.segue.contracts.record.UnknownWord;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SongMessagesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00.250Z");
    private static final String ADDRESS = "https://studio.example/hook?key=hush";

    static {
        TrustedRecords.trust();
    }

    private static final SongProgress PROGRESS = SongProgress.newBuilder()
            .setStage(SongStage.SAMPLING)
            .setLevels(List.of(LevelProgress.newBuilder()
                    .setLevel(2)
                    .setCodes(100)
                    .setTotalCodes(861)
                    .setPromptCodes(10)
                    .setWindows(5)
                    .setWindowsDone(1)
                    .setHop(128)
                    .build()))
            .setQueuePosition(3)
            .setEtaSeconds(12.5)
            .build();

    @Test
    void progressIsToldWithTheNamesOfASongsDocument() throws Exception {
        JsonNode message = body(event(SongEventKind.PROGRESS).setProgress(PROGRESS));
        assertThat(message).isEqualTo(JSON.readTree("""
                {"type": "song.progress", "timestamp": "2026-01-01T00:00:00.250Z", "data": {
                  "id": "song", "tenant": "studio", "sequence": 4, "state": "sampling",
                  "queuePosition": 3, "etaSeconds": 12.5,
                  "levels": [{"level": 2, "hop": 128, "codes": 100, "totalCodes": 861, "promptCodes": 10,
                              "windows": 5, "windowsDone": 1}]}}"""));
    }

    @Test
    void anAcceptedSongIsToldWithWhatItsModelDoesNotKnowAndWithoutItsLyrics() throws Exception {
        JsonNode song = body(event(SongEventKind.ACCEPTED)
                        .setProgress(PROGRESS)
                        .setAccepted(SongAccepted.newBuilder()
                                .setModel("demo")
                                .setModelDigest("0".repeat(64))
                                .setSeed(7)
                                .setSampleLength(441_000)
                                .setSampleRate(22_050)
                                .setUnknownWords(List.of(new UnknownWord(2, "artist", "luna")))
                                .setHeardLyrics("hush little baby")
                                .build()))
                .get("data");
        assertThat(song.get("model").textValue()).isEqualTo("demo");
        assertThat(song.get("seed").longValue()).isEqualTo(7);
        assertThat(song.get("unknownWords").get(0).get("word").textValue()).isEqualTo("luna");
    }

    @Test
    void soundAndFilesAreToldWithWhereTheyAre() throws Exception {
        StoredObject piece = new StoredObject("songs/song/level-2/0-512.flac", "audio/flac", 4096L, "ab");
        JsonNode audio = body(event(SongEventKind.AUDIO_READY)
                        .setAudioReady(new AudioReady(2, 0L, 65_536L, 22_050, piece)))
                .get("data");
        assertThat(audio.has("state")).isFalse();
        assertThat(audio.get("audio").get(0).get("href").textValue()).isEqualTo("/songs/song/audio/2/0-512.flac");

        StoredObject file = new StoredObject("songs/song/song.flac", "audio/flac", 9000L, "cd");
        JsonNode completed = body(event(SongEventKind.COMPLETED)
                        .setCompleted(new SongCompleted(List.of(file), 441_000L, 21_000L, 7L)))
                .get("data");
        assertThat(completed.get("state").textValue()).isEqualTo("completed");
        assertThat(completed.get("files").get(0)).isEqualTo(JSON.readTree("""
                {"name": "song.flac", "href": "/songs/song/files/song.flac", "mediaType": "audio/flac", "bytes": 9000,
                 "sha256": "cd"}"""));
    }

    @Test
    void whyASongEndedOtherwiseIsTold() throws Exception {
        JsonNode failed = body(event(SongEventKind.FAILED)
                        .setFailed(new SongFailed(FailureReason.STORAGE, "no answer", "level 2, window 0", 3)))
                .get("data");
        assertThat(failed.get("failure").get("reason").textValue()).isEqualTo("storage");
        JsonNode rejected = body(event(SongEventKind.REJECTED)
                        .setProblem(new RequestProblem("model", "x", "is not known", "choose", "model is x."))
                        .setMoreProblems(List.of(new RequestProblem("seed", "y", "must be", "choose", "seed is y."))))
                .get("data");
        assertThat(rejected.get("problems")).hasSize(2);
        assertThat(body(event(SongEventKind.CANCELLED).setReason("changed my mind"))
                        .get("data")
                        .get("reason")
                        .textValue())
                .isEqualTo("changed my mind");
    }

    @ParameterizedTest
    @EnumSource(SongEventKind.class)
    void aMessageNamesItsSongAndNeverItsAddressItsLyricsOrTheRequest(SongEventKind kind) {
        SongEvent event = event(kind)
                .setRequest(SongRequest.newBuilder()
                        .setSongId("song")
                        .setModel("demo")
                        .setLyrics("hush little baby")
                        .setDurationSeconds(1)
                        .build())
                .build();
        boolean told = !Set.of(SongEventKind.UNKNOWN, SongEventKind.REPEATED, SongEventKind.REFUSED)
                .contains(kind);
        assertThat(SongMessages.of(event, 9).isPresent()).isEqualTo(told);
        SongMessages.of(event, 9).ifPresent(message -> {
            assertThat(new String(message.body(), java.nio.charset.StandardCharsets.UTF_8))
                    .doesNotContain("hush");
            assertThat(message.toString()).doesNotContain("hush");
            assertThat(message.id()).isEqualTo("song_song_4_9");
            assertThat(SongMessages.of(event, 9).orElseThrow().body()).isEqualTo(message.body());
        });
    }

    @Test
    void withoutAnAddressNobodyIsTold() {
        assertThat(SongMessages.of(
                        event(SongEventKind.COMPLETED).setCallbackUrl(null).build(), 9))
                .isEmpty();
    }

    private static JsonNode body(SongEvent.Builder event) throws Exception {
        return JSON.readTree(SongMessages.of(event.build(), 9).orElseThrow().body());
    }

    private static SongEvent.Builder event(SongEventKind kind) {
        return SongEvent.newBuilder()
                .setSongId("song")
                .setTenant("studio")
                .setSequence(4)
                .setAt(AT)
                .setKind(kind)
                .setCallbackUrl(ADDRESS);
    }
}
