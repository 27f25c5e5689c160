package dev.segue.worker.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.record.AudioFormat;
import dev.segue.contracts.record.AudioSegment;
import dev.segue.contracts.record.AudioSegmentKind;
import dev.segue.contracts.record.AudioTask;
import dev.segue.contracts.record.AudioTaskKind;
import dev.segue.contracts.record.ComposeSong;
import dev.segue.contracts.record.FailureReason;
import dev.segue.contracts.record.LevelCodes;
import dev.segue.contracts.record.RangeStored;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.record.SongComposed;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.record.StoredObject;
import dev.segue.contracts.window.CodeRange;
import dev.segue.worker.audio.Pcm16;
import dev.segue.worker.codes.CodesFile;
import dev.segue.worker.jukebox.ChunkedDecoder;
import dev.segue.worker.sampling.SongCodes;
import dev.segue.worker.sound.SoundPiece;
import dev.segue.worker.sound.SoundReader;
import dev.segue.worker.store.ObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Finished songs, and pieces that make none. Longer than most classes, since a store and a model, which take longer to
 * start than any of the tests, serve them all.
 */
class CompositionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGE = 1 << 24;

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
    void aSongIsItsPiecesJoinedBitForBit() throws Exception {
        DecodedSong song = new DecodedSong(bench, "joined", 1400, 0, SampleDepth.PCM16);
        SongComposed composed = composed(song, song.task().build());

        short[] whole = Pcm16.of(whole(song, 0));
        assertThat(flac(song.id)).containsExactly(widen(whole));
        assertThat(wav(song.id, 16)).containsExactly(widen(whole));
        assertThat(composed.getSamples()).isEqualTo(song.samples);
        try (SoundReader reader =
                SoundReader.open("song.wav", new ByteArrayInputStream(object(song.id, "song.wav")), 22_050)) {
            assertThat(Pcm16.of(reader.readAll())).containsExactly(whole);
        }
    }

    @Test
    void twentyFourBitsAreKeptInBothFormats() throws Exception {
        DecodedSong song = new DecodedSong(bench, "deep", 200, 2, SampleDepth.PCM24);
        composed(song, song.task().build());

        float[] whole = whole(song, 2);
        int[] expected = new int[whole.length];
        for (int i = 0; i < expected.length; i++) {
            expected[i] = (int) Math.floor(whole[i] * (1 << 23));
        }
        assertThat(flac(song.id)).containsExactly(expected);
        assertThat(wav(song.id, 24)).containsExactly(expected);
    }

    @Test
    void onlyWhatWasAskedForIsWritten() throws Exception {
        DecodedSong song = new DecodedSong(bench, "flac-only", 200, 2, SampleDepth.PCM16);
        ComposeSong.Builder task = song.task();
        task.setRequest(SongRequest.newBuilder(task.getRequest())
                .setFormats(List.of(AudioFormat.FLAC))
                .build());

        assertThat(names(composed(song, task.build())))
                .containsExactly("song.flac", "peaks.json", "codes.safetensors", "manifest.json");
    }

    @Test
    void theCodesOfAllProducedLevelsCanBeGoneOnFrom() throws Exception {
        DecodedSong song = new DecodedSong(bench, "coded", 400, 1, SampleDepth.PCM16);
        composed(song, song.task().build());

        Path file = folder.resolve("coded.safetensors");
        Files.write(file, object(song.id, "codes.safetensors"));
        SongCodes read = CodesFile.read(file, 3);
        assertThat(read.level(0)).isEmpty();
        assertThat(read.level(1)).containsExactly(song.codes.level(1));
        assertThat(read.level(2)).containsExactly(song.codes.level(2));
    }

    @Test
    void lyricsAreTimedInTheUsersWords() throws Exception {
        DecodedSong song = new DecodedSong(bench, "sung", 400, 2, SampleDepth.PCM16);
        SongComposed composed =
                composed(song, song.task().setLyrics(song.aligned()).build());

        assertThat(names(composed))
                .containsExactly(
                        "song.flac",
                        "song.wav",
                        "peaks.json",
                        "codes.safetensors",
                        "lyrics.json",
                        "lyrics.lrc",
                        "lyrics.vtt",
                        "manifest.json");
        JsonNode first =
                JSON.readTree(object(song.id, "lyrics.json")).path("lines").path(0);
        assertThat(first.path("text").asText()).isEqualTo("Oh moon");
        assertThat(first.path("words").path(1).path("start").asDouble())
                .isEqualTo(Math.round(30 * 128 / 22.05) / 1000.0);
        assertThat(first.path("words").path(1).path("end").asDouble()).isEqualTo(Math.round(65 * 128 / 22.05) / 1000.0);
        assertThat(text(song.id, "lyrics.lrc")).contains("[ar:Luna March]", "of", "1999");
        assertThat(text(song.id, "lyrics.vtt")).startsWith("WEBVTT");
    }

    @Test
    void peaksSpanTheWholeSong() throws Exception {
        DecodedSong song = new DecodedSong(bench, "peaked", 200, 2, SampleDepth.PCM16);
        composed(song, song.task().build());

        JsonNode peaks = JSON.readTree(object(song.id, "peaks.json"));
        assertThat(peaks.path("length").asLong()).isEqualTo((song.samples + 511) / 512);
        assertThat(peaks.path("sample_rate").asInt()).isEqualTo(22_050);
    }

    @Test
    void theManifestSaysWhatTheSongIsAndHowItWasMade() throws Exception {
        DecodedSong song = new DecodedSong(bench, "described", 400, 1, SampleDepth.PCM16);
        SongComposed composed = composed(song, song.task().build());
        JsonNode manifest = JSON.readTree(object(song.id, "manifest.json"));

        List<String> fields = new ArrayList<>();
        manifest.fieldNames().forEachRemaining(fields::add);
        assertThat(fields)
                .containsExactly(
                        "format",
                        "songId",
                        "statement",
                        "segueVersion",
                        "model",
                        "request",
                        "seed",
                        "totalSamples",
                        "offsetSamples",
                        "unknownWords",
                        "audio",
                        "objects",
                        "timings",
                        "duplicatesDropped",
                        "levels",
                        "timeline");
        assertThat(manifest.path("statement").asText())
                .isEqualTo("This sound was generated by a machine: Segue with the model untrained ("
                        + bench.card().digest()
                        + "). It was asked to sound like the artist Luna March and like jazz; no artist of that name or"
                        + " any other took part in it.");
        assertThat(manifest.path("segueVersion").asText()).isNotEmpty();
        assertThat(manifest.path("model").path("licence").asText()).isEqualTo("Apache-2.0");
        assertThat(manifest.path("model").path("files")).hasSize(6);
        assertThat(manifest.path("request").path("lyrics").asText()).isEqualTo(DecodedSong.LYRICS);
        assertThat(manifest.path("request").path("sampleDepth").asText()).isEqualTo("PCM16");
        assertThat(manifest.path("request").path("seed").isNull()).isTrue();
        assertThat(manifest.path("seed").asLong()).isEqualTo(42);
        assertThat(manifest.path("unknownWords").path(0).path("word").asText()).isEqualTo("jazz");
        assertThat(manifest.path("duplicatesDropped").asInt()).isEqualTo(1);
        JsonNode timings = manifest.path("timings");
        assertThat(timings.path("queuedMillis").asLong()).isEqualTo(2000);
        assertThat(timings.path("samplingMillis").asLong()).isEqualTo(6000);
        assertThat(timings.path("decodingMillis").asLong()).isEqualTo(3000);
        assertThat(timings.path("work").path("samplingMillis").asLong()).isEqualTo(8000);
        assertThat(manifest.path("timeline")).hasSize(3);
        assertThat(manifest.path("timeline").path(0).path("startedAt").asText()).isEqualTo("2026-01-02T03:04:07Z");
        assertThat(manifest.path("levels").path(0).path("level").asInt()).isEqualTo(1);
        assertThat(manifest.path("levels").path(0).path("ranges")).hasSize(3);
        assertThat(manifest.path("objects")).hasSize(composed.getObjects().size() - 1);
    }

    @Test
    void everyObjectIsWhatTheManifestSays() throws Exception {
        DecodedSong song = new DecodedSong(bench, "listed", 200, 1, SampleDepth.PCM16);
        SongComposed composed = composed(song, song.task().build());

        List<StoredObject> all = new ArrayList<>(composed.getObjects());
        song.levels.forEach(level -> level.getRanges().forEach(range -> {
            all.add(range.getAudio());
            all.add(range.getCodes());
        }));
        for (StoredObject object : all) {
            byte[] content = bench.store.read(object.getKey(), LARGE);
            assertThat(object.getBytes()).isEqualTo(content.length);
            assertThat(object.getSha256()).isEqualTo(FinishedSong.sha256(content));
            assertThat(FinishedSong.stored(bench.store.head(object.getKey()).orElseThrow()))
                    .isEqualTo(object);
        }
        assertThat(all.get(composed.getObjects().size() - 1).getKey()).isEqualTo("songs/listed/manifest.json");
    }

    @Test
    void aSongComposedTwiceIsTheSameSong() throws Exception {
        DecodedSong song = new DecodedSong(bench, "twice", 200, 2, SampleDepth.PCM16);
        SongComposed once = composed(song, song.task().build());
        Map<String, byte[]> before = contents(once);
        SongComposed again = composed(song, song.task().build());

        assertThat(again.getObjects()).isEqualTo(once.getObjects());
        assertThat(again.getSamples()).isEqualTo(once.getSamples());
        assertThat(contents(again)).containsExactlyEntriesOf(before);
    }

    @Test
    void anotherSongUnderTheIdOfAFinishedOneChangesNothing() throws Exception {
        DecodedSong song = new DecodedSong(bench, "taken", 200, 2, SampleDepth.PCM16);
        Map<String, byte[]> before = contents(composed(song, song.task().build()));

        AudioSegment answer = answer(song, song.task().setSeed(43).build());

        assertThat(answer.getFailure().getReason()).isEqualTo(FailureReason.INVALID_TASK);
        assertThat(answer.getFailure().getMessage())
                .isEqualTo("the song taken is finished already and was another request, seed or model; choose another"
                        + " id");
        assertThat(contents(composed(song, song.task().build()))).containsExactlyEntriesOf(before);
    }

    @Test
    void aSongWhoseComposingBrokeOffIsComposedByTheNextTry() throws Exception {
        DecodedSong song = new DecodedSong(bench, "broken-off", 200, 2, SampleDepth.PCM16);
        ObjectStore faulty = new ObjectStore(FaultyS3.afterPuts(bench.client, 1), "segue");
        try (AssemblyTasks unlucky = bench.tasks(faulty, Clock.systemUTC())) {
            AudioSegment broken =
                    Workbench.answer(unlucky, task(song, song.task().build())).last();
            assertThat(broken.getFailure().getReason()).isEqualTo(FailureReason.STORAGE);
            assertThat(broken.getFailure().getRetryable()).isTrue();
            assertThat(broken.getFailure().getMessage()).contains("the connection broke");
        }
        assertThat(bench.store.head("songs/broken-off/song.flac")).isPresent();
        assertThat(bench.store.head("songs/broken-off/manifest.json")).isEmpty();

        composed(song, song.task().build());

        assertThat(flac(song.id)).containsExactly(widen(Pcm16.of(whole(song, 2))));
        assertThat(bench.scratch).isEmptyDirectory();
    }

    @Test
    void twoWorkersThatComposeAtOnceAgree() throws Exception {
        DecodedSong song = new DecodedSong(bench, "raced", 200, 2, SampleDepth.PCM16);
        try (AssemblyTasks other = bench.tasks(bench.store, Clock.systemUTC())) {
            var first = other.begin(task(song, song.task().build()), news -> null);
            var second = other.begin(task(song, song.task().build()), news -> null);

            assertThat(second.get().orElseThrow().getComposed().getObjects())
                    .isEqualTo(first.get().orElseThrow().getComposed().getObjects());
        }
    }

    @Test
    void aStoppedSongIsNotComposed() throws Exception {
        DecodedSong song = new DecodedSong(bench, "stopped", 200, 2, SampleDepth.PCM16);
        bench.stopped.add(song.id);

        assertThat(answer(song, song.task().build())).isNull();
        assertThat(bench.store.head("songs/stopped/manifest.json")).isEmpty();
        assertThat(bench.store.head("songs/stopped/song.flac")).isEmpty();
    }

    @Test
    void aPieceThatIsGoneOrDamagedIsAFailureThatNamesIt() throws Exception {
        DecodedSong song = new DecodedSong(bench, "gone", 200, 2, SampleDepth.PCM16);
        RangeStored piece = song.levels.get(0).getRanges().get(1);
        byte[] sound = bench.store.read(piece.getAudio().getKey(), LARGE);
        sound[sound.length / 2] ^= 1;
        bench.store.put(piece.getAudio().getKey(), sound, "audio/flac");
        assertThat(answer(song, song.task().build()).getFailure().getMessage())
                .contains("songs/gone/level-2/67-134.flac")
                .contains("damaged");

        bench.client.deleteObject(
                request -> request.bucket("segue").key(piece.getAudio().getKey()));
        AudioSegment answer = answer(song, song.task().build());
        assertThat(answer.getFailure().getReason()).isEqualTo(FailureReason.STORAGE);
        assertThat(answer.getFailure().getMessage())
                .isEqualTo("s3://segue/songs/gone/level-2/67-134.flac does not exist; check the bucket and the key");
    }

    @Test
    void codesThatAreNotThoseThatWerePutAreAFailure() throws Exception {
        DecodedSong song = new DecodedSong(bench, "changed", 200, 2, SampleDepth.PCM16);
        StoredObject codes = song.levels.get(0).getRanges().get(0).getCodes();
        byte[] content = bench.store.read(codes.getKey(), LARGE);
        content[0]++;
        bench.store.put(codes.getKey(), content, "application/octet-stream");

        assertThat(answer(song, song.task().build()).getFailure().getMessage())
                .startsWith("songs/changed/level-2/0-67.codes has the SHA-256 ")
                .endsWith(" was put there");
    }

    @Test
    void piecesWithGapsAreNoSong() throws Exception {
        DecodedSong song = new DecodedSong(bench, "gaps", 200, 2, SampleDepth.PCM16);
        LevelCodes level = song.levels.get(0);

        assertThat(failure(song, levels(level, level.getRanges().subList(1, 3))))
                .isEqualTo("the pieces of level 2 go on with codes [67, 134) where 0 is the next");
        assertThat(failure(song, levels(level, level.getRanges().subList(0, 2))))
                .isEqualTo("the pieces of level 2 end with code 134 of 200");
        assertThat(failure(song, List.of()))
                .isEqualTo("the song has no levels, but is composed of the finest one's sound");
        assertThat(failure(song, List.of(new LevelCodes(1, 200, 0, level.getRanges(), List.of()))))
                .isEqualTo("level 1 has 200 codes of 32 samples, but the song has 25600 samples");
    }

    private static List<LevelCodes> levels(LevelCodes level, List<RangeStored> ranges) {
        return List.of(new LevelCodes(level.getLevel(), level.getTotalCodes(), 0, ranges, List.of()));
    }

    private static String failure(DecodedSong song, List<LevelCodes> levels) throws Exception {
        AudioSegment answer = answer(song, song.task().setLevels(levels).build());
        assertThat(answer.getFailure().getReason()).isEqualTo(FailureReason.INVALID_TASK);
        return answer.getFailure().getMessage();
    }

    private static AudioTask task(DecodedSong song, ComposeSong task) {
        return bench.task(AudioTaskKind.COMPOSE)
                .setSongId(song.id)
                .setCompose(task)
                .build();
    }

    private static AudioSegment answer(DecodedSong song, ComposeSong task) throws Exception {
        return bench.answer(task(song, task)).last();
    }

    private static SongComposed composed(DecodedSong song, ComposeSong task) throws Exception {
        AudioSegment answer = answer(song, task);
        assertThat(answer.getKind()).as(answer.toString()).isEqualTo(AudioSegmentKind.COMPOSED);
        return answer.getComposed();
    }

    private static List<String> names(SongComposed composed) {
        return composed.getObjects().stream()
                .map(object -> object.getKey().substring(object.getKey().lastIndexOf('/') + 1))
                .toList();
    }

    private static Map<String, byte[]> contents(SongComposed composed) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        for (StoredObject object : composed.getObjects()) {
            contents.put(object.getKey(), bench.store.read(object.getKey(), LARGE));
        }
        return contents;
    }

    private static byte[] object(String song, String name) throws IOException {
        return bench.store.read("songs/" + song + "/" + name, LARGE);
    }

    private static String text(String song, String name) throws IOException {
        return new String(object(song, name), StandardCharsets.UTF_8);
    }

    private static int[] flac(String song) throws IOException {
        try (SoundPiece file = SoundPiece.open(song, new ByteArrayInputStream(object(song, "song.flac")))) {
            int[] samples = new int[(int) file.samples()];
            assertThat(file.read(samples)).isEqualTo(samples.length);
            return samples;
        }
    }

    /** The samples at the end of a WAV file, read byte by byte. */
    private static int[] wav(String song, int bits) throws IOException {
        byte[] file = object(song, "song.wav");
        String head = new String(file, 0, 1000, StandardCharsets.ISO_8859_1);
        int at = head.indexOf("data") + 8;
        int bytes = bits / 8;
        int[] samples = new int[(file.length - at) / bytes];
        for (int i = 0; i < samples.length; i++, at += bytes) {
            samples[i] = bits == 16
                    ? (file[at] & 0xFF) | file[at + 1] << 8
                    : (file[at] & 0xFF) | (file[at + 1] & 0xFF) << 8 | file[at + 2] << 16;
        }
        return samples;
    }

    private static int[] widen(short[] samples) {
        int[] wide = new int[samples.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = samples[i];
        }
        return wide;
    }

    private static float[] whole(DecodedSong song, int level) throws Exception {
        long[] codes = Arrays.stream(song.codes.level(level)).asLongStream().toArray();
        return bench.models.withVqVae(
                new ModelRef(bench.card().name(), bench.card().digest()),
                vqVae -> new ChunkedDecoder(vqVae.level(level))
                        .decode(codes, new CodeRange(0, codes.length), codes.length));
    }
}
