package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioFormat;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.record.SongRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class RequestDigestTest {
    private static final ModelCard CARD = Cards.published();
    /** SHA-256 of songId, song-1, model, 1b-lyrics, durationSeconds and 20.0, each behind its length in four bytes. */
    private static final String DIGEST_OF_THE_PLAINEST =
            "baf68be7818722c65957855e1b24a75595fc1a1e6414e408bdf3d0c43d300ddf";

    private static SongRequest.Builder request() {
        return Requests.of(CARD, 20);
    }

    private static String digest(SongRequest.Builder request) {
        return RequestDigest.of(request.build());
    }

    private static LevelSampling.Builder sampling() {
        return LevelSampling.newBuilder().setLevel(1);
    }

    private static AudioPrompt.Builder prompt() {
        return AudioPrompt.newBuilder().setObject("a.wav");
    }

    private static EarlierSong.Builder earlier() {
        return EarlierSong.newBuilder().setSongId("b").setUse(EarlierSongUse.CONTINUE);
    }

    /** A request for each field, with another value in it. */
    private static Map<String, SongRequest.Builder> variants() {
        Map<String, SongRequest.Builder> variants = new LinkedHashMap<>();
        variants.put("songId", request().setSongId("song-2"));
        variants.put("model", request().setModel("other"));
        variants.put("artist", request().setArtist("someone"));
        variants.put("genres", request().setGenres(List.of("pop")));
        variants.put("lyrics", request().setLyrics("la"));
        variants.put("durationSeconds", request().setDurationSeconds(21));
        variants.put("totalDurationSeconds", request().setTotalDurationSeconds(20.0));
        variants.put("offsetSeconds", request().setOffsetSeconds(1));
        variants.put("seed", request().setSeed(0L));
        variants.put("sampling", request().setSampling(List.of(sampling().build())));
        variants.put(
                "sampling.level",
                request().setSampling(List.of(sampling().setLevel(2).build())));
        variants.put(
                "sampling.temperature",
                request().setSampling(List.of(sampling().setTemperature(0.98).build())));
        variants.put(
                "sampling.topK",
                request().setSampling(List.of(sampling().setTopK(1).build())));
        variants.put(
                "sampling.topP",
                request().setSampling(List.of(sampling().setTopP(0.5).build())));
        variants.put("audioPrompt", request().setAudioPrompt(prompt().build()));
        variants.put(
                "audioPrompt.object",
                request().setAudioPrompt(prompt().setObject("b.wav").build()));
        variants.put(
                "audioPrompt.seconds",
                request().setAudioPrompt(prompt().setSeconds(1.0).build()));
        variants.put("earlierSong", request().setEarlierSong(earlier().build()));
        variants.put(
                "earlierSong.songId",
                request().setEarlierSong(earlier().setSongId("c").build()));
        variants.put(
                "earlierSong.use",
                request()
                        .setEarlierSong(
                                earlier().setUse(EarlierSongUse.UPSAMPLE).build()));
        variants.put(
                "earlierSong.seconds",
                request().setEarlierSong(earlier().setSeconds(1.0).build()));
        variants.put("finestLevel", request().setFinestLevel(1));
        variants.put("parallelSegments", request().setParallelSegments(2));
        variants.put("priority", request().setPriority(1));
        variants.put("deadline", request().setDeadline(Instant.EPOCH));
        variants.put("formats", request().setFormats(List.of(AudioFormat.WAV)));
        variants.put("sampleDepth", request().setSampleDepth(SampleDepth.PCM24));
        variants.put("tenant", request().setTenant("studio"));
        variants.put("callbackUrl", request().setCallbackUrl("https://studio.example/songs"));
        return variants;
    }

    @Test
    void everyFieldCountsAndNoTwoVariantsAreTheSame() {
        List<String> digests = new ArrayList<>();
        digests.add(digest(request()));
        variants().values().forEach(variant -> digests.add(digest(variant)));
        assertThat(digests).doesNotHaveDuplicates().allMatch(digest -> digest.matches("[0-9a-f]{64}"));
    }

    @Test
    void noFieldOfTheSchemaIsForgotten() {
        Map<String, SongRequest.Builder> variants = variants();
        assertThat(variants.keySet())
                .containsAll(names("", SongRequest.getClassSchema()))
                .containsAll(names("sampling.", LevelSampling.getClassSchema()))
                .containsAll(names("audioPrompt.", AudioPrompt.getClassSchema()))
                .containsAll(names("earlierSong.", EarlierSong.getClassSchema()));
    }

    @Test
    void theSameRequestHasTheSameDigestForEver() {
        assertThat(digest(request())).isEqualTo(digest(request())).isEqualTo(DIGEST_OF_THE_PLAINEST);
    }

    @Test
    void theOrderOfGenresCountsAndThatOfLevelsAndFormatsDoesNot() {
        LevelSampling top = sampling().setLevel(2).build();
        LevelSampling middle = sampling().build();
        assertThat(digest(request().setSampling(List.of(top, middle))))
                .isEqualTo(digest(request().setSampling(List.of(middle, top))));
        assertThat(digest(request().setFormats(List.of(AudioFormat.WAV, AudioFormat.FLAC))))
                .isEqualTo(digest(request().setFormats(List.of(AudioFormat.FLAC, AudioFormat.WAV))));
        assertThat(digest(request().setGenres(List.of("a", "b"))))
                .isNotEqualTo(digest(request().setGenres(List.of("b", "a"))))
                .isNotEqualTo(digest(request().setGenres(List.of("ab"))));
    }

    @Test
    void textCannotPassForAnotherField() {
        assertThat(digest(request().setArtist("a").setLyrics("b")))
                .isNotEqualTo(digest(request().setArtist("alyricsb")))
                .isNotEqualTo(digest(request().setArtist("b").setLyrics("a")));
    }

    private static List<String> names(String prefix, Schema schema) {
        return schema.getFields().stream().map(field -> prefix + field.name()).toList();
    }
}
