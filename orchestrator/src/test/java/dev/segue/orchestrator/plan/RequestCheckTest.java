package dev.segue.orchestrator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.AudioFormat;
import dev.segue.contracts.record.AudioPrompt;
import dev.segue.contracts.record.EarlierSong;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.LevelSampling;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.RequestProblems;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.Rejection;
import dev.segue.contracts.window.Level;
import dev.segue.contracts.window.WindowSchedule;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every bad input that can be seen without a model's tables, with the very sentence that its producer reads. */
class RequestCheckTest {
    private static final Instant NOW = Instant.parse("2025-01-02T03:04:05Z");
    private static final ModelCard CARD = Cards.published();
    private static final String SONG_ID =
            ", but must be 1 to 64 of a-z, 0-9 and dash, the first a letter or digit; choose such an id.";

    private static SongRequest.Builder request() {
        return Requests.of(CARD, 20);
    }

    private static List<String> check(SongRequest.Builder request, ModelCard card, Limits limits) {
        return new RequestCheck(limits)
                .check(request.build(), Optional.ofNullable(card), List.of("tiny", "1b-lyrics"), NOW).stream()
                        .map(Rejection::sentence)
                        .toList();
    }

    private static void assertFine(SongRequest.Builder request) {
        assertThat(check(request, CARD, Limits.DEFAULT)).isEmpty();
    }

    private static void assertRefused(SongRequest.Builder request, String... sentences) {
        assertThat(check(request, CARD, Limits.DEFAULT)).containsExactly(sentences);
    }

    private static LevelSampling sampling(int level, double temperature, int topK, double topP) {
        return LevelSampling.newBuilder()
                .setLevel(level)
                .setTemperature(temperature)
                .setTopK(topK)
                .setTopP(topP)
                .build();
    }

    private static AudioPrompt prompt(String object, Double seconds) {
        return AudioPrompt.newBuilder().setObject(object).setSeconds(seconds).build();
    }

    private static EarlierSong earlier(String songId, EarlierSongUse use, Double seconds) {
        return EarlierSong.newBuilder()
                .setSongId(songId)
                .setUse(use)
                .setSeconds(seconds)
                .build();
    }

    @Test
    void aRequestThatAsksForAllThereIsPasses() {
        assertFine(request()
                .setArtist("Ella Fitzgerald")
                .setGenres(List.of("jazz", "vocal jazz"))
                .setLyrics("one\ntwo\n")
                .setTotalDurationSeconds(180.0)
                .setOffsetSeconds(30)
                .setSeed(1L)
                .setSampling(List.of(sampling(0, 0.001, 0, 0), sampling(1, 100, 2048, 0), sampling(2, 1, 0, 1)))
                .setAudioPrompt(prompt("s3://my-bucket/a/b c.wav", 5.0))
                .setParallelSegments(3)
                .setPriority(-100)
                .setDeadline(NOW.plusMillis(1))
                .setFormats(List.of(AudioFormat.WAV))
                .setSampleDepth(SampleDepth.PCM24)
                .setTenant("studio"));
    }

    @Test
    void aRequestThatAsksForNothingSpecialPassesAndIsPlanned() {
        for (double seconds : List.of(5.945, 17.9, 20.0, 599.9, 600.0)) {
            assertFine(Requests.of(CARD, seconds));
            assertThat(Requests.plan(CARD, Requests.of(CARD, seconds)).levels()).hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", "A", "a_b", "ä", "a b", "../etc"})
    void aMalformedSongIdIsRefused(String id) {
        assertRefused(request().setSongId(id), "songId is \"" + id + "\"" + SONG_ID);
    }

    @Test
    void aSongIdOfMoreThan64CharactersIsRefusedAndShownShortened() {
        assertFine(request().setSongId("a".repeat(64)));
        assertRefused(
                request().setSongId("a".repeat(65)), "songId is \"" + "a".repeat(60) + "…\" (65 characters)" + SONG_ID);
    }

    @Test
    void anUnknownModelIsRefusedAndTheKnownOnesAreNamed() {
        assertThat(check(request().setModel("5b\n"), null, Limits.DEFAULT))
                .containsExactly(
                        "model is \"5b\\u000a\", but must be one of 1b-lyrics, tiny; choose one of them or publish"
                                + " its card.");
    }

    @Test
    void whereNoModelIsKnownThatIsSaid() {
        List<Rejection> found =
                new RequestCheck(Limits.DEFAULT).check(request().build(), Optional.empty(), List.of(), NOW);
        assertThat(found)
                .extracting(Rejection::sentence)
                .containsExactly("model is \"1b-lyrics\", but no model is known yet; publish its card first.");
    }

    @Test
    void ofManyModelsTwentyAreNamed() {
        List<String> names = IntStream.range(10, 35).mapToObj(i -> "m" + i).toList();
        assertThat(new RequestCheck(Limits.DEFAULT)
                        .check(request().build(), Optional.empty(), names, NOW)
                        .get(0)
                        .limit())
                .startsWith("must be one of m10, m11,")
                .endsWith(" m29 and 5 more");
    }

    @Test
    void whatDoesNotHangOnTheModelIsCheckedWithoutItToo() {
        assertThat(check(
                        request()
                                .setDurationSeconds(-1)
                                .setSampling(List.of(sampling(9, 0, 0, 0)))
                                .setFinestLevel(-1)
                                .setParallelSegments(65)
                                .setEarlierSong(earlier("b", EarlierSongUse.UPSAMPLE, 3.0)),
                        null,
                        Limits.DEFAULT))
                .extracting(sentence -> sentence.substring(0, sentence.indexOf(' ')))
                .containsExactly(
                        "model", "durationSeconds", "sampling[0].temperature", "finestLevel", "parallelSegments");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-1, -1",
        "-0.0, 0",
        "NaN, NaN",
        "-Infinity, -Infinity",
        "Infinity, Infinity",
        "600.001, 600.001",
        "1e300, 1.0E300"
    })
    void aDurationThatIsNoneOrAboveTheInstallationsMaximumIsRefused(double seconds, String shown) {
        assertRefused(
                request().setDurationSeconds(seconds).setParallelSegments(2),
                "durationSeconds is " + shown + ", but must be more than 0 and at most 600 s; choose a number in that"
                        + " range.");
    }

    @Test
    void anInstallationMayAllowLessThanTheModel() {
        assertThat(check(request(), CARD, new Limits(10, 100, 100, 10, 10)))
                .containsExactly(
                        "durationSeconds is 20, but must be more than 0 and at most 10 s; choose a number in that"
                                + " range.");
    }

    @Test
    void aDurationAboveTheModelsMaximumIsRefused() {
        ModelCard small = Cards.small();
        assertThat(check(Requests.of(small, 61), small, Limits.DEFAULT))
                .containsExactly(
                        "durationSeconds is 61, but the model knows songs of at most 60 s only; choose a number in"
                                + " that range.");
    }

    @Test
    void aDurationOfExactlyTheModelsMaximumIsRefusedWhereCodesFillIt() {
        ModelCard small = Cards.small();
        assertThat(check(Requests.of(small, 60), small, Limits.DEFAULT))
                .containsExactly(
                        "durationSeconds is 60, but with its offset the song ends at 60.000 s and the model knows"
                                + " songs of at least 0.1 s and less than 60 s only; ask for a shorter song or lower"
                                + " offsetSeconds.");
    }

    @Test
    void aDurationBelowOneUpsamplingWindowIsRefusedWithTheLeastThatIsEnough() {
        assertRefused(
                Requests.of(CARD, 5.9),
                "durationSeconds is 5.9, but the upsampler of level 1 needs at least 5.945 s; ask for a longer song or for"
                        + " the top level only (finestLevel 2).");
        assertThat(passesSchedule(5.944)).isFalse();
        assertThat(passesSchedule(5.945)).isTrue();
        assertFine(Requests.of(CARD, 5.9).setFinestLevel(2));
    }

    private static boolean passesSchedule(double seconds) {
        List<Level> levels = CARD.schedule();
        return WindowSchedule.check(levels, WindowSchedule.sampleLength(seconds, 44_100, 128))
                .isEmpty();
    }

    @Test
    void aDurationOfLessThanOneCodeIsRefused() {
        assertRefused(
                Requests.of(CARD, 0.002).setFinestLevel(2),
                "durationSeconds is 0.002, but one code of the top level lasts 0.002902 s; ask for at least that.");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 601})
    void aTotalDurationThatIsNoneOrThatTheModelDoesNotKnowIsRefused(double seconds) {
        assertThat(check(request().setTotalDurationSeconds(seconds), CARD, Limits.DEFAULT))
                .singleElement()
                .asString()
                .startsWith("totalDurationSeconds is ")
                .endsWith(", but must be more than 0 and at most 600 s; choose a number in that range.");
    }

    @Test
    void aTotalDurationThatTheModelWasNotTrainedToBeToldOfIsRefused() {
        assertRefused(
                request().setTotalDurationSeconds(17.83),
                "totalDurationSeconds is 17.83, but the model knows songs of at least 17.84 s and less than 600 s only;"
                        + " choose a length in that range.");
        assertRefused(
                request().setTotalDurationSeconds(600.0),
                "totalDurationSeconds is 600, but the model knows songs of at least 17.84 s and less than 600 s only;"
                        + " choose a length in that range.");
    }

    @ParameterizedTest
    @CsvSource({"-0.5, -0.5", "NaN, NaN", "Infinity, Infinity", "601, 601"})
    void anOffsetThatIsNoneIsRefused(double seconds, String shown) {
        assertRefused(
                request().setOffsetSeconds(seconds),
                "offsetSeconds is " + shown + ", but must be from 0 to 600 s; choose a number in that range.");
    }

    @Test
    void anOffsetBehindTheWholeSongIsRefused() {
        String sentence = "offsetSeconds is 60, but must be less than the 60.000 s of the whole song; lower it or raise"
                + " totalDurationSeconds.";
        assertRefused(request().setTotalDurationSeconds(60.0).setOffsetSeconds(60), sentence);
    }

    @Test
    void anOffsetBehindTheWholeSongIsRefusedWhereNoLevelHearsOfTimeToo() {
        ModelCard single = Cards.single();
        assertThat(check(
                        Requests.of(single, 1).setTotalDurationSeconds(60.0).setOffsetSeconds(60),
                        single,
                        Limits.DEFAULT))
                .containsExactly(
                        "offsetSeconds is 60, but must be less than the 60.000 s of the whole song; lower it or"
                                + " raise totalDurationSeconds.");
    }

    @Test
    void aSongThatGoesOnBehindTheWholeSongIsRefused() {
        assertRefused(
                Requests.of(CARD, 60).setTotalDurationSeconds(40.0).setOffsetSeconds(10),
                "durationSeconds is 60, but its last window begins at 52.165 s of a song that ends at 40.000 s; ask for a"
                        + " shorter song, lower offsetSeconds or raise totalDurationSeconds.");
    }

    @Test
    void aSongWhoseLastWindowEndsWhereTheModelKnowsNoPlaceIsRefused() {
        assertRefused(
                Requests.of(CARD, 10).setTotalDurationSeconds(599.0).setOffsetSeconds(585),
                "durationSeconds is 10, but its last window ends at 602.833 s and the model knows places up to 600 s only;"
                        + " ask for a shorter song or lower offsetSeconds.");
    }

    @Test
    void aSongThatEndsLaterThanTheModelKnowsIsRefused() {
        assertRefused(
                request().setOffsetSeconds(590),
                "durationSeconds is 20, but with its offset the song ends at 609.998 s and the model knows songs of at"
                        + " least 17.84 s and less than 600 s only; ask for a shorter song or lower offsetSeconds.");
    }

    @Test
    void lyricsThatAreTooLongAreRefusedAndShownShortened() {
        assertFine(request().setLyrics("la ".repeat(6666)));
        assertRefused(
                request().setLyrics("la ".repeat(350_000)),
                "lyrics is \"" + "la ".repeat(20)
                        + "…\" (1050000 characters), but must have at most 20000 characters and"
                        + " has 1050000; shorten it.");
    }

    @Test
    void lyricsInAnyScriptPass() {
        assertFine(request().setLyrics("שיר חדש\ne\u0301\u0301\u0301 🎵 歌"));
    }

    @Test
    void namesThatAreTooLongAreRefused() {
        String shown = " is \"" + "x".repeat(60) + "…\" (201 characters), but must have at most 200 characters and has"
                + " 201; shorten it.";
        String name = "x".repeat(201);
        assertRefused(
                request().setArtist(name).setGenres(List.of("pop", name)).setTenant(name),
                "artist" + shown,
                "genres[1]" + shown,
                "tenant" + shown);
    }

    @Test
    void namesWithControlCharactersAreRefused() {
        assertRefused(
                request().setArtist("a\u0000b").setGenres(List.of("x\n")).setTenant("\u001b[31m"),
                "artist is \"a\\u0000b\", but character 1 is the control character U+0000; remove it.",
                "genres[0] is \"x\\u000a\", but character 1 is the control character U+000A; remove it.",
                "tenant is \"\\u001b[31m\", but character 0 is the control character U+001B; remove it.");
    }

    @Test
    void namesThatAreNoneAreRefusedWhereOneIsNeeded() {
        assertRefused(
                request().setGenres(List.of(" ")).setTenant(""),
                "genres[0] is \" \", but must not be blank; remove it.",
                "tenant is \"\", but must not be blank; name one, or leave the field at its default.");
    }

    @Test
    void tooManyGenresAreRefused() {
        assertFine(request().setGenres(Collections.nCopies(16, "pop")));
        assertRefused(
                request().setGenres(Collections.nCopies(17, "pop")),
                "genres is a list of 17, but must have at most 16 entries; name the most important ones.");
    }

    @ParameterizedTest
    @CsvSource({"NaN, NaN", "0, 0", "-1, -1", "0.0009, 0.0009", "100.1, 100.1", "Infinity, Infinity"})
    void aTemperatureThatIsNoneIsRefused(double temperature, String shown) {
        assertRefused(
                request().setSampling(List.of(sampling(2, 0.99, 0, 0), sampling(1, temperature, 0, 0))),
                "sampling[1].temperature is " + shown
                        + ", but must be from 0.001 to 100; use 0.99 as usual, or topK 1 for"
                        + " the likeliest code always.");
    }

    @Test
    void limitsOnCodesThatAreNoneAreRefused() {
        assertRefused(
                request().setSampling(List.of(sampling(2, 0.99, -1, 0), sampling(1, 0.99, 2049, 0))),
                "sampling[0].topK is -1, but must be at least 0; use 0 for all codes.",
                "sampling[1].topK is 2049, but the model has 2048 codes; lower it, or use 0 for all codes.");
        assertRefused(
                request().setSampling(List.of(sampling(2, 0.99, 0, Double.NaN), sampling(1, 0.99, 0, 1.5))),
                "sampling[0].topP is NaN, but must be from 0 to 1; use 0 for all codes.",
                "sampling[1].topP is 1.5, but must be from 0 to 1; use 0 for all codes.");
    }

    @Test
    void twoLimitsOnCodesAtOnceAreRefused() {
        assertRefused(
                request().setSampling(List.of(sampling(0, 0.99, 5, 0.9))),
                "sampling[0].topK is 5, but topP is 0.9 and excludes it; set one of them to 0.");
    }

    @Test
    void samplingOfALevelThatTheModelDoesNotHaveIsRefused() {
        assertRefused(
                request().setSampling(List.of(sampling(3, 0.99, 0, 0), sampling(-1, 0.99, 0, 0))),
                "sampling[0].level is 3, but the model has levels 0 to 2; name one of them or remove the entry.",
                "sampling[1].level is -1, but the model has levels 0 to 2; name one of them or remove the entry.");
    }

    @Test
    void samplingOfALevelThatIsListedTwiceIsRefused() {
        assertRefused(
                request()
                        .setSampling(List.of(sampling(1, 0.9, 0, 0), sampling(2, 0.99, 0, 0), sampling(1, 0.99, 0, 0))),
                "sampling[2].level is 1, but sampling[0] is of that level too; list each level once.");
    }

    @Test
    void aPromptAndAnEarlierSongAtOnceAreRefused() {
        assertRefused(
                request()
                        .setAudioPrompt(prompt("a.wav", null))
                        .setEarlierSong(earlier("b", EarlierSongUse.CONTINUE, null)),
                "audioPrompt is given, but earlierSong is given too; give only one of them.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/a.wav",
                "a//b.wav",
                "a/../b.wav",
                "./a.wav",
                "a.wav/",
                "s3://",
                "s3://bucket",
                "s3://bucket/",
                "s3:///a.wav",
                "s3://UPPER/a.wav",
                "s3://b/a.wav",
                "http://bucket/a.wav",
                "file:///etc/passwd"
            })
    void aPromptThatNamesNoObjectIsRefused(String object) {
        assertRefused(
                request().setAudioPrompt(prompt(object, null)),
                "audioPrompt.object is \"" + object
                        + "\", but must be a key in Segue's bucket or s3://bucket/key, the key"
                        + " without empty parts, dots as parts and control characters; name an object in the store.");
    }

    @Test
    void aKeyThatNoStoreTakesIsRefused() {
        assertFine(request().setAudioPrompt(prompt("x".repeat(1024), null)));
        assertThat(check(request().setAudioPrompt(prompt("x".repeat(1025), null)), CARD, Limits.DEFAULT))
                .hasSize(1);
        assertThat(check(request().setAudioPrompt(prompt("a\nb.wav", null)), CARD, Limits.DEFAULT))
                .singleElement()
                .asString()
                .startsWith("audioPrompt.object is \"a\\u000ab.wav\", but must be a key");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "-3, -3", "NaN, NaN", "Infinity, Infinity"})
    void secondsOfAPromptThatAreNoneAreRefused(double seconds, String shown) {
        assertRefused(
                request().setAudioPrompt(prompt("a.wav", seconds)),
                "audioPrompt.seconds is " + shown
                        + ", but must be more than 0; set it, or leave it out to use all of it.");
    }

    @Test
    void aPromptOfLessThanOneCodeIsRefused() {
        assertRefused(
                request().setAudioPrompt(prompt("a.wav", 0.001)),
                "audioPrompt.seconds is 0.001, but one code of the top level lasts 0.002902 s; ask for at least that.");
    }

    @Test
    void aPromptThatFillsTheSongIsRefused() {
        assertRefused(
                request().setAudioPrompt(prompt("a.wav", 20.0)),
                "audioPrompt.seconds is 20, but must be less than the song's 20 s; shorten it or raise durationSeconds.");
        assertRefused(
                request().setEarlierSong(earlier("b", EarlierSongUse.CONTINUE, 30.0)),
                "earlierSong.seconds is 30, but must be less than the song's 20 s; shorten it or raise durationSeconds.");
    }

    @Test
    void anEarlierSongWithoutAProperNameOrUseIsRefused() {
        assertRefused(
                request().setEarlierSong(earlier("B", EarlierSongUse.UNKNOWN, null)),
                "earlierSong.songId is \"B\"" + SONG_ID,
                "earlierSong.use is UNKNOWN, but must be one of CONTINUE, UPSAMPLE; choose one of them.");
    }

    @Test
    void aSongThatIsMadeFromItselfIsRefused() {
        assertRefused(
                request().setEarlierSong(earlier("song-1", EarlierSongUse.CONTINUE, null)),
                "earlierSong.songId is \"song-1\", but no song can be made from itself; name a finished song, or give this"
                        + " one another songId.");
    }

    @Test
    void upsamplingToTheLevelThatIsKeptIsRefused() {
        assertRefused(
                request().setFinestLevel(2).setEarlierSong(earlier("b", EarlierSongUse.UPSAMPLE, null)),
                "earlierSong.use is UPSAMPLE, but finestLevel 2 is the top level, which upsampling keeps as it is; choose a"
                        + " finestLevel from 0 to 1.");
        ModelCard single = Cards.single();
        assertThat(check(Requests.madeFrom(single, 1, EarlierSongUse.UPSAMPLE), single, Limits.DEFAULT))
                .containsExactly(
                        "earlierSong.use is UPSAMPLE, but finestLevel 0 is the top level, which upsampling keeps as"
                                + " it is; use CONTINUE.");
    }

    @Test
    void upsamplingMoreThanIsUsedOfTheEarlierSongIsRefused() {
        assertFine(request().setEarlierSong(earlier("b", EarlierSongUse.UPSAMPLE, 20.0)));
        assertRefused(
                request().setEarlierSong(earlier("b", EarlierSongUse.UPSAMPLE, 19.0)),
                "earlierSong.seconds is 19, but upsampling takes a top level of all 20 s; raise it or lower"
                        + " durationSeconds.");
    }

    @Test
    void upsamplingInSegmentsPasses() {
        assertFine(request().setParallelSegments(3).setEarlierSong(earlier("b", EarlierSongUse.UPSAMPLE, null)));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3})
    void aFinestLevelThatTheModelDoesNotHaveIsRefused(int level) {
        assertRefused(
                request().setFinestLevel(level).setParallelSegments(2),
                "finestLevel is " + level + ", but must be from 0 to 2; choose a level in that range.");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65})
    void aNumberOfSegmentsThatIsNoneIsRefused(int segments) {
        assertRefused(
                request().setParallelSegments(segments),
                "parallelSegments is " + segments + ", but must be from 1 to 64; use 1 for the original's way.");
    }

    @Test
    void segmentsOfASongThatHasNothingToCutAreRefused() {
        assertFine(request().setFinestLevel(2));
        assertRefused(
                request().setFinestLevel(2).setParallelSegments(2),
                "parallelSegments is 2, but finestLevel 2 leaves no level that could be cut; use 1 or produce finer"
                        + " levels.");
    }

    @Test
    void moreSegmentsThanWindowsAreRefused() {
        assertFine(request().setParallelSegments(3));
        assertThat(Requests.plan(CARD, request().setParallelSegments(3))
                        .level(0)
                        .segments())
                .hasSize(3);
        assertRefused(
                request().setParallelSegments(4),
                "parallelSegments is 4, but a song of 20 s has room for at most 3, since each takes a whole window of"
                        + " 5.944 s; lower it or ask for a longer song.");
    }

    @ParameterizedTest
    @ValueSource(ints = {-101, 101})
    void aPriorityThatIsNoneIsRefused(int priority) {
        assertRefused(
                request().setPriority(priority),
                "priority is " + priority + ", but must be from -100 to 100; choose one in that range, 0 is usual.");
    }

    @Test
    void aDeadlineThatHasPassedIsRefused() {
        assertRefused(
                request().setDeadline(NOW),
                "deadline is 2025-01-02T03:04:05Z, but must be after now, 2025-01-02T03:04:05Z; set a later one or none.");
    }

    @Test
    void symbolsThatThisVersionDoesNotKnowAreRefused() {
        assertRefused(
                request()
                        .setFormats(List.of(AudioFormat.FLAC, AudioFormat.UNKNOWN))
                        .setSampleDepth(SampleDepth.UNKNOWN),
                "formats[1] is UNKNOWN, but must be one of FLAC, WAV; choose one of them.",
                "sampleDepth is UNKNOWN, but must be one of PCM16, PCM24; choose one of them.");
    }

    @Test
    void everythingThatIsWrongIsFoundInTheOrderOfTheFields() {
        assertThat(new RequestCheck(Limits.DEFAULT)
                        .check(
                                request()
                                        .setSongId("X")
                                        .setArtist("\t")
                                        .setDurationSeconds(-1)
                                        .setOffsetSeconds(-1)
                                        .setPriority(1000)
                                        .setTenant("")
                                        .build(),
                                Optional.of(CARD),
                                List.of(),
                                NOW))
                .extracting(Rejection::field)
                .containsExactly("songId", "artist", "durationSeconds", "offsetSeconds", "priority", "tenant");
    }

    @Test
    void aRejectionCrossesTopicsAsItIs() {
        Rejection rejection = new RequestCheck(Limits.DEFAULT)
                .check(request().setPriority(1000).build(), Optional.of(CARD), List.of(), NOW)
                .get(0);
        assertThat(RequestProblems.of(rejection))
                .isEqualTo(RequestProblem.newBuilder()
                        .setField("priority")
                        .setValue("1000")
                        .setLimit("must be from -100 to 100")
                        .setFix("choose one in that range, 0 is usual")
                        .setSentence(rejection.sentence())
                        .build());
    }
}
