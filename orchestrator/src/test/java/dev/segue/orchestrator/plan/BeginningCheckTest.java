package dev.segue.orchestrator.plan;

import static dev.segue.orchestrator.plan.Verdicts.CARD;
import static dev.segue.orchestrator.plan.Verdicts.SONG_ID;
import static dev.segue.orchestrator.plan.Verdicts.assertFine;
import static dev.segue.orchestrator.plan.Verdicts.assertRefused;
import static dev.segue.orchestrator.plan.Verdicts.check;
import static dev.segue.orchestrator.plan.Verdicts.earlier;
import static dev.segue.orchestrator.plan.Verdicts.prompt;
import static dev.segue.orchestrator.plan.Verdicts.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.model.ModelCard;
import dev.segue.contracts.record.EarlierSongUse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a song may begin with, with the very sentence that its producer reads. */
class BeginningCheckTest {
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
}
