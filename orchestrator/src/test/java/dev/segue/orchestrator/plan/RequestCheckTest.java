package dev.segue.orchestrator.plan;

import static dev.segue.orchestrator.plan.Verdicts.CARD;
import static dev.segue.orchestrator.plan.Verdicts.NOW;
import static dev.segue.orchestrator.plan.Verdicts.assertFine;
import static dev.segue.orchestrator.plan.Verdicts.check;
import static dev.segue.orchestrator.plan.Verdicts.earlier;
import static dev.segue.orchestrator.plan.Verdicts.prompt;
import static dev.segue.orchestrator.plan.Verdicts.request;
import static dev.segue.orchestrator.plan.Verdicts.sampling;
import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.contracts.record.AudioFormat;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.RequestProblems;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.request.Rejection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A request as a whole: what is right passes, and everything that is wrong is found. Each of its parts has a test of its own. */
class RequestCheckTest {
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
                .setTenant("studio")
                .setCallbackUrl("https://studio.example:8443/songs?key=1"));
    }

    @Test
    void aRequestThatAsksForNothingSpecialPassesAndIsPlanned() {
        for (double seconds : List.of(5.945, 17.9, 20.0, 599.9, 600.0)) {
            assertFine(Requests.of(CARD, seconds));
            assertThat(Requests.plan(CARD, Requests.of(CARD, seconds)).levels()).hasSize(3);
        }
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
                                        .setCallbackUrl("ftp://studio.example")
                                        .build(),
                                Optional.of(CARD),
                                List.of(),
                                NOW))
                .extracting(Rejection::field)
                .containsExactly(
                        "songId", "artist", "durationSeconds", "offsetSeconds", "priority", "tenant", "callbackUrl");
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
