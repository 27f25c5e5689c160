package dev.segue.worker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioSegmentKind;
import dev.segue.contracts.record.CodeBytes;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.PrepareSong;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SongPrepared;
import dev.segue.contracts.record.SongWords;
import dev.segue.contracts.record.UnknownWord;
import dev.segue.contracts.store.S3Access;
import dev.segue.worker.audio.Downmix;
import dev.segue.worker.audio.Resampler;
import dev.segue.worker.codes.CodesFile;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Words and prompts that can be sung and gone on from, and all that cannot. Longer than most classes, since a store and a
 * model, which take longer to start than any of the tests, serve them all.
 */
class PreparationTest {
    private static final int RATE = 22_050;
    private static final int TOP_HOP = 128;
    private static final List<Integer> HOPS = List.of(8, 32, 128);

    @TempDir
    private static Path folder;

    private static Workbench bench;

    @BeforeAll
    static void open() throws IOException, InterruptedException {
        bench = new Workbench(folder);
    }

    @AfterAll
    static void close() {
        bench.close();
    }

    @Test
    void aSongOfKnownWordsIsPrepared() throws Exception {
        SongPrepared song = prepared(song(2, "luna march", "jazz", "Oh, moon\nof 1999!"));

        assertThat(song.getUnknownWords()).isEmpty();
        assertThat(song.getHeardLyrics()).isEqualTo("Oh, moon\nof 1999!");
        assertThat(song.getPromptCodes()).containsExactly(0, 0, 0);
    }

    @Test
    void unknownWordsAreReportedAtEveryProducedLevel() throws Exception {
        assertThat(prepared(song(2, "The Nobodies", "polka", "")).getUnknownWords())
                .containsExactly(
                        new UnknownWord(0, "artist", "the nobodies"),
                        new UnknownWord(0, "genres", "polka"),
                        new UnknownWord(1, "artist", "the nobodies"),
                        new UnknownWord(1, "genres", "polka"),
                        new UnknownWord(2, "artist", "the nobodies"),
                        new UnknownWord(2, "genres", "polka"));
        assertThat(prepared(builder(2, "The Nobodies", "", "").setFinestLevel(2).build())
                        .getUnknownWords())
                .containsExactly(new UnknownWord(2, "artist", "the nobodies"));
    }

    @Test
    void lyricsOfAnyScriptAreHeardInLatinLetters() throws Exception {
        assertThat(prepared(song(2, "", "", "שלום")).getHeardLyrics()).isEqualTo("SHlvm");
        assertThat(prepared(song(2, "", "", "مرحبا")).getHeardLyrics()).isEqualTo("mrHb");
        assertThat(prepared(song(2, "", "", "e\u0301te\u0301 cafe\u0301")).getHeardLyrics())
                .isEqualTo("ete cafe");
        assertThat(prepared(song(2, "", "", " \n ")).getHeardLyrics()).isBlank();
    }

    @Test
    void lyricsOfWhichNothingCanBeSungAreRefused() throws Exception {
        RequestProblem problem = refusal(song(2, "", "", "🎵🎶 🎷"));
        assertThat(problem.getField()).isEqualTo("lyrics");
        assertThat(problem.getSentence())
                .isEqualTo("lyrics is a text of 4 characters, but the model can sing none of them, only A to Z, a to z,"
                        + " 0 to 9, . , : ; ! ? - ' \" ( ) [ ] and what can be written in these; write it in Latin"
                        + " letters or leave it empty.");
    }

    @Test
    void aPlaceThatTheModelCannotBeToldOfIsRefused() throws Exception {
        assertThat(refusal(words(2, 0.5, 0)).getSentence())
                .isEqualTo(
                        "totalDurationSeconds is 0.500 s (11025 samples), but the model knows songs of at least 1.0 s"
                                + " and less than 600.0 s only; choose a total length in that range.");
        assertThat(refusal(words(2, 20, 20)).getSentence())
                .isEqualTo("offsetSeconds is 20.000 s, but must be at least 0 and less than the whole song's 20.000 s;"
                        + " lower it or raise totalDurationSeconds.");
        assertThat(refusal(words(10, 5, 0)).getSentence())
                .startsWith("totalDurationSeconds is 5.000 s, but the last window of the song begins at 5.201 s")
                .endsWith("; raise it, lower offsetSeconds or ask for a shorter song.");
        assertThat(refusal(words(10, 599, 595)).getSentence())
                .startsWith("offsetSeconds is so late that the last window ends at 60");
        assertThat(refusal(song(1, "", "", "")).getSentence())
                .isEqualTo("durationSeconds is 0.998 s, but the upsampler of level 1 needs at least 1.486 s; ask for a"
                        + " longer song or for the top level only.");
    }

    @Test
    void aFinishedSongIsNotMadeAgainUnderItsId() throws Exception {
        bench.store.put("songs/song-1/manifest.json", "{}".getBytes(StandardCharsets.UTF_8), "application/json");
        try {
            assertThat(refusal(song(2, "", "", "")).getSentence())
                    .isEqualTo(
                            "songId is song-1, but a finished song of that id lies in the store and is never changed;"
                                    + " fetch it or choose another id.");
        } finally {
            bench.client.deleteObject(request -> request.bucket("segue").key("songs/song-1/manifest.json"));
        }
    }

    @Test
    void aPromptOfTheModelsRateHasTheCodesOfItsSound() throws Exception {
        float[] sound = PromptFiles.tone(RATE + 77, RATE);
        put("prompts/tone.wav", PromptFiles.wav(sound, RATE));

        SongCodes codes = codes(prompted("prompts/tone.wav", null));

        assertSame(codes, encoded(quantised(sound)));
        assertThat(codes.length(2)).isEqualTo((RATE + 77) / TOP_HOP);
    }

    @Test
    void aPromptIsCutToWhatIsAskedForWithoutChangingItsCodes() throws Exception {
        float[] sound = PromptFiles.tone(4 * RATE, RATE);
        put("prompts/long.wav", PromptFiles.wav(sound, RATE));
        long samples = RATE / 2 / TOP_HOP * TOP_HOP;

        SongCodes codes = codes(prompted("s3://segue/prompts/long.wav", 0.5));

        assertSame(codes, encoded(quantised(sound)).first(samples, HOPS));
    }

    @Test
    void aMonoPromptOfEightKilohertzIsHeardAtTheModelsRate() throws Exception {
        float[] sound = PromptFiles.tone(8000, 8000);
        put("prompts/phone.wav", PromptFiles.wav(sound, 8000));

        assertSame(codes(prompted("prompts/phone.wav", null)), encoded(resampled(quantised(sound), 8000)));
    }

    @Test
    void aStereoPromptOfFortyEightKilohertzAndTwentyFourBitsIsMixed() throws Exception {
        float[] sound = PromptFiles.tone(48_000, 48_000);
        put("prompts/studio.flac", PromptFiles.stereoFlac(sound, 48_000));
        float[] frames = new float[2 * sound.length];
        for (int i = 0; i < sound.length; i++) {
            frames[2 * i] = (float) Math.floor(sound[i] * (1 << 23)) / (1 << 23);
            frames[2 * i + 1] = (float) Math.floor(-sound[i] / 2 * (1 << 23)) / (1 << 23);
        }

        assertSame(codes(prompted("prompts/studio.flac", null)), encoded(resampled(Downmix.mono(frames, 2), 48_000)));
    }

    @Test
    void codesOfLevelsThatAreNotProducedAreNotSaid() throws Exception {
        put("prompts/coarse.wav", PromptFiles.wav(PromptFiles.tone(RATE, RATE), RATE));
        Workbench.Answer answer = bench.answer(bench.prepare(builder(2, "", "", "")
                .setAudioPrompt(new AudioPrompt("prompts/coarse.wav", null))
                .setFinestLevel(1)
                .build()));

        assertThat(answer.news())
                .extracting(news -> news.getPromptCodes().getLevel())
                .containsExactly(1, 2);
        assertThat(answer.last().getPrepared().getPromptCodes()).containsExactly(0, 172 * 4, 172);
    }

    @Test
    void codesComeInPiecesOfWhichTheSongIsToldLast() throws Exception {
        float[] sound = PromptFiles.tone(28 * RATE, RATE);
        put("prompts/half.wav", PromptFiles.wav(sound, RATE));
        Workbench.Answer answer = bench.answer(bench.prepare(builder(30, "", "", "")
                .setAudioPrompt(new AudioPrompt("prompts/half.wav", null))
                .build()));

        SongPrepared song = answer.last().getPrepared();
        assertThat(answer.news()).allSatisfy(news -> {
            assertThat(news.getKind()).isEqualTo(AudioSegmentKind.PROMPT_CODES);
            assertThat(news.getPromptCodes().getPreparation()).isEqualTo(song.getPreparation());
            assertThat(CodeBytes.count(news.getPromptCodes().getCodes())).isLessThanOrEqualTo(Preparation.CHUNK);
        });
        assertThat(answer.news())
                .extracting(news -> news.getPromptCodes().getStart())
                .containsExactly(0, Preparation.CHUNK, 0, 0);
        assertSame(collect(answer.news()), encoded(quantised(sound)));
    }

    @Test
    void aPromptThatIsNotThereIsRefused() throws Exception {
        assertThat(refusal(prompted("prompts/nothing.wav", null)).getSentence())
                .isEqualTo("audioPrompt.object is prompts/nothing.wav, but there is no such object; put the sound there"
                        + " first.");
        assertThat(refusal(prompted("s3://elsewhere/tone.wav", null)).getSentence())
                .isEqualTo("audioPrompt.object is s3://elsewhere/tone.wav, but there is no such object; put the sound"
                        + " there first.");
        assertThat(refusal(prompted("https://example.org/tone.wav", null)).getSentence())
                .isEqualTo("audioPrompt.object is https://example.org/tone.wav, but must be a key in Segue's bucket or"
                        + " s3://bucket/key; correct it.");
    }

    @Test
    void aPromptThatIsNoSoundIsRefused() throws Exception {
        put("prompts/text.wav", "Dear Sir or m".getBytes(StandardCharsets.UTF_8));
        put("prompts/empty.wav", new byte[0]);
        put("prompts/header.wav", PromptFiles.wav(new float[0], RATE));
        byte[] whole = PromptFiles.wav(PromptFiles.tone(RATE, RATE), RATE);
        put("prompts/broken.wav", Arrays.copyOf(whole, 3000));

        assertThat(refusal(prompted("prompts/text.wav", null)).getSentence())
                .isEqualTo("audioPrompt.object is prompts/text.wav, which begins like \"Dear Sir or \", but a sound"
                        + " must be a WAV or a FLAC file; convert it first.");
        assertThat(refusal(prompted("prompts/empty.wav", null)).getSentence())
                .isEqualTo("audioPrompt.object is prompts/empty.wav, which is empty; give a WAV or FLAC file with sound"
                        + " in it.");
        assertThat(refusal(prompted("prompts/header.wav", null)).getSentence())
                .isEqualTo("audioPrompt.object is prompts/header.wav, which has a header but no samples; give a file"
                        + " with sound in it.");
        assertThat(refusal(prompted("prompts/broken.wav", null)).getSentence())
                .startsWith("audioPrompt.object is prompts/broken.wav, which ends ")
                .endsWith("; it is damaged or truncated, make or fetch it again.");
    }

    @Test
    void aPromptThatDoesNotFitTheSongIsRefused() throws Exception {
        put("prompts/three.wav", PromptFiles.wav(PromptFiles.tone(3 * RATE, RATE), RATE));
        put("prompts/click.wav", PromptFiles.wav(PromptFiles.tone(100, RATE), RATE));

        assertThat(refusal(prompted("prompts/three.wav", null)).getSentence())
                .isEqualTo("audioPrompt.object is prompts/three.wav, but its sound is not shorter than the song's"
                        + " 1.997 s; set audioPrompt.seconds or raise durationSeconds.");
        assertThat(refusal(prompted("prompts/three.wav", 2.5)).getSentence())
                .isEqualTo("audioPrompt.seconds is 2.5 s, but the song has 1.997 s and must be longer than what it"
                        + " begins with; lower it or raise durationSeconds.");
        assertThat(refusal(prompted("prompts/click.wav", 1.0)).getSentence())
                .startsWith("audioPrompt.object is prompts/click.wav, but its sound has 0.005 s");
        put("prompts/second.wav", PromptFiles.wav(PromptFiles.tone(RATE, RATE), RATE));
        assertThat(refusal(prompted("prompts/second.wav", 1.5)).getSentence())
                .isEqualTo(
                        "audioPrompt.seconds is 1.5 s, but the sound of prompts/second.wav has only 1.000 s; lower it"
                                + " or leave it out.");
        assertThat(refusal(prompted("prompts/second.wav", 0.001)).getSentence())
                .isEqualTo("audioPrompt.seconds is 0.001 s, but one code of the top level lasts 0.006 s; ask for at"
                        + " least that or leave it out.");
    }

    @Test
    void aPromptThatWeMayNotReadIsRefused() throws Exception {
        try (S3Client stranger = Workbench.access(bench.s3)
                        .withCredentials(bench.s3.credentials().accessKey(), "wrong")
                        .client();
                AssemblyTasks denied = bench.tasks(new ObjectStore(stranger, "segue"), Clock.systemUTC())) {
            AudioSegment answer =
                    Workbench.answer(denied, bench.prepare(song(2, "", "", ""))).last();
            assertThat(answer.getFailure().getReason()).isEqualTo(FailureReason.STORAGE);
            assertThat(answer.getFailure().getRetryable()).isFalse();
            assertThat(answer.getFailure().getMessage())
                    .isEqualTo(
                            "s3://segue/songs/song-1/manifest.json is denied (403); check the credentials and what the"
                                    + " bucket's policy allows");
        }
    }

    @Test
    void aStoreThatIsAwayIsAFailureThatMayPass() throws Exception {
        try (S3Client nobody = new S3Access(
                                Optional.of(URI.create("http://127.0.0.1:1")),
                                "us-east-1",
                                true,
                                Workbench.access(bench.s3).credentials(),
                                2)
                        .client();
                AssemblyTasks away = bench.tasks(new ObjectStore(nobody, "segue"), Clock.systemUTC())) {
            AudioSegment answer =
                    Workbench.answer(away, bench.prepare(song(2, "", "", ""))).last();
            assertThat(answer.getFailure().getReason()).isEqualTo(FailureReason.STORAGE);
            assertThat(answer.getFailure().getRetryable()).isTrue();
        }
    }

    @Test
    void aSongThatGoesOnBeginsWithTheCodesOfTheEarlierOne() throws Exception {
        SongCodes earlier = finished("earlier", bench.card().digest(), 150);

        assertSame(codes(earlier("earlier", EarlierSongUse.CONTINUE, null)), earlier);
        assertSame(
                codes(earlier("earlier", EarlierSongUse.CONTINUE, 0.5)),
                earlier.first(RATE / 2 / TOP_HOP * TOP_HOP, HOPS));
    }

    @Test
    void aSongThatIsUpsampledKeepsTheTopLevelAlone() throws Exception {
        SongCodes earlier = finished("coarse", bench.card().digest(), 400);
        int codes = 2 * RATE / TOP_HOP;

        SongCodes kept = codes(earlier("coarse", EarlierSongUse.UPSAMPLE, null));

        assertSame(kept, earlier.topOnly().first((long) codes * TOP_HOP, HOPS));
        assertThat(kept.length(2)).isEqualTo(codes);
    }

    @Test
    void anEarlierSongThatDoesNotServeIsRefused() throws Exception {
        finished("short", bench.card().digest(), 100);
        finished("long", bench.card().digest(), 400);
        finished("foreign", "f".repeat(64), 100);

        assertThat(refusal(earlier("unheard-of", EarlierSongUse.CONTINUE, null)).getSentence())
                .isEqualTo(
                        "earlierSong.songId is unheard-of, but there is no finished song of that id; name one that was"
                                + " completed.");
        assertThat(refusal(earlier("foreign", EarlierSongUse.CONTINUE, null)).getSentence())
                .isEqualTo("earlierSong.songId is foreign, but it was made by another model, of the digest "
                        + "f".repeat(64) + ", whose codes untrained ("
                        + bench.card().digest()
                        + ") does not understand; name a song of that model or ask for the other model.");
        assertThat(refusal(earlier("long", EarlierSongUse.CONTINUE, null)).getSentence())
                .isEqualTo("durationSeconds is 1.997 s, but what it goes on from has 2.322 s already; raise it or lower"
                        + " earlierSong.seconds.");
        assertThat(refusal(earlier("short", EarlierSongUse.UPSAMPLE, null)).getSentence())
                .isEqualTo(
                        "durationSeconds is 1.997 s, but the top level that is to be upsampled has only 0.580 s; lower"
                                + " it to that.");
        assertThat(refusal(earlier("short", EarlierSongUse.CONTINUE, 1.0)).getSentence())
                .isEqualTo(
                        "earlierSong.seconds is 1.0 s, but must be at least 0.006 s, one code of the top level, and at"
                                + " most the 0.580 s that the song has; choose a length in that range or leave it out.");
    }

    private static SongCodes finished(String id, String digest, int topCodes) throws IOException {
        Random random = new Random(topCodes);
        SongCodes codes = SongCodes.of(List.of(
                random.ints(topCodes * 16L, 0, 256).toArray(),
                random.ints(topCodes * 4L, 0, 256).toArray(),
                random.ints(topCodes, 0, 256).toArray()));
        Path file = folder.resolve(id + ".safetensors");
        CodesFile.write(file, codes);
        bench.store.put("songs/" + id + "/codes.safetensors", file, "application/octet-stream");
        put(
                "songs/" + id + "/manifest.json",
                ("{\"model\":{\"digest\":\"" + digest + "\"}}").getBytes(StandardCharsets.UTF_8));
        return codes;
    }

    private static void put(String key, byte[] content) throws IOException {
        bench.store.put(key, content, "application/octet-stream");
    }

    private static PrepareSong prompted(String object, Double seconds) {
        return builder(2, "", "", "")
                .setAudioPrompt(new AudioPrompt(object, seconds))
                .build();
    }

    private static PrepareSong earlier(String id, EarlierSongUse use, Double seconds) {
        return builder(2, "", "", "")
                .setEarlierSong(new EarlierSong(id, use, seconds))
                .build();
    }

    private static PrepareSong song(double seconds, String artist, String genre, String lyrics) {
        return builder(seconds, artist, genre, lyrics).build();
    }

    private static PrepareSong.Builder builder(double seconds, String artist, String genre, String lyrics) {
        long samples = (long) (seconds * RATE) / TOP_HOP * TOP_HOP;
        return PrepareSong.newBuilder()
                .setWords(new SongWords(artist, genre, lyrics, Math.max(samples, 2 * RATE), 0L))
                .setSampleLength(samples)
                .setFinestLevel(0);
    }

    private static PrepareSong words(double seconds, double totalSeconds, double offsetSeconds) {
        return builder(seconds, "", "", "")
                .setWords(new SongWords("", "", "", (long) (totalSeconds * RATE), (long) (offsetSeconds * RATE)))
                .build();
    }

    private static SongPrepared prepared(PrepareSong song) throws Exception {
        AudioSegment answer = bench.answer(bench.prepare(song)).last();
        assertThat(answer.getKind()).as(answer.toString()).isEqualTo(AudioSegmentKind.PREPARED);
        return answer.getPrepared();
    }

    private static RequestProblem refusal(PrepareSong song) throws Exception {
        AudioSegment answer = bench.answer(bench.prepare(song)).last();
        assertThat(answer.getKind()).as(answer.toString()).isEqualTo(AudioSegmentKind.REFUSED);
        assertThat(answer.getProblem().getSentence())
                .startsWith(answer.getProblem().getField() + " is "
                        + answer.getProblem().getValue())
                .contains(answer.getProblem().getLimit())
                .endsWith("; " + answer.getProblem().getFix() + ".");
        return answer.getProblem();
    }

    /** The codes that a preparation said, put together. */
    private static SongCodes codes(PrepareSong song) throws Exception {
        Workbench.Answer answer = bench.answer(bench.prepare(song));
        assertThat(answer.last().getKind()).as(answer.last().toString()).isEqualTo(AudioSegmentKind.PREPARED);
        SongCodes codes = collect(answer.news());
        assertThat(answer.last().getPrepared().getPromptCodes())
                .containsExactly(codes.length(0), codes.length(1), codes.length(2));
        return codes;
    }

    private static SongCodes collect(List<AudioSegment> news) {
        SongCodes codes = SongCodes.none(HOPS.size());
        for (AudioSegment said : news) {
            int level = said.getPromptCodes().getLevel();
            assertThat(said.getPromptCodes().getStart()).isEqualTo(codes.length(level));
            codes = codes.with(level, CodeBytes.read(said.getPromptCodes().getCodes()));
        }
        return codes;
    }

    private static SongCodes encoded(float[] sound) throws Exception {
        return bench.models.withVqVae(
                new ModelRef(bench.card().name(), bench.card().digest()), vqVae -> SongCodes.ofPrompt(vqVae, sound));
    }

    private static float[] quantised(float[] sound) {
        float[] stored = new float[sound.length];
        for (int i = 0; i < sound.length; i++) {
            stored[i] = (float) Math.floor(sound[i] * 32768) / 32768;
        }
        return stored;
    }

    private static float[] resampled(float[] sound, int rate) {
        Resampler resampler = new Resampler(rate, RATE);
        resampler.write(sound, sound.length);
        resampler.end();
        float[] out = new float[4 * RATE];
        return Arrays.copyOf(out, resampler.read(out, 0, out.length));
    }

    private static void assertSame(SongCodes actual, SongCodes expected) {
        IntStream.range(0, HOPS.size())
                .forEach(level ->
                        assertThat(actual.level(level)).as("level %d", level).containsExactly(expected.level(level)));
    }
}
