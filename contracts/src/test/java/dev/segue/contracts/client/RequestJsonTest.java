package dev.segue.contracts.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JacksonException;
import dev.segue.contracts.record.AudioFormat;
import dev.segue.contracts.record.EarlierSongUse;
import dev.segue.contracts.record.RequestProblem;
import dev.segue.contracts.record.SampleDepth;
import dev.segue.contracts.record.SongRequest;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A request as JSON. */
class RequestJsonTest {
    private static final String LEAST = "\"songId\": \"a\", \"model\": \"m\", \"durationSeconds\": 20";

    @Test
    void whatIsLeftOutIsAsTheSchemaSays() throws JacksonException {
        SongRequest request = RequestJson.read("{" + LEAST + "}");

        assertThat(request)
                .isEqualTo(SongRequest.newBuilder()
                        .setSongId("a")
                        .setModel("m")
                        .setDurationSeconds(20)
                        .build());
    }

    @Test
    void everyKindOfFieldIsRead() throws JacksonException {
        SongRequest request = RequestJson.read("{" + LEAST + """
                , "genres": ["blues", "rock"], "seed": 9, "deadline": "2027-01-31T18:00:00Z",
                "sampling": [{"level": 2, "temperature": NaN, "topK": 5}],
                "earlierSong": {"songId": "b", "use": "UPSAMPLE", "seconds": 3.5},
                "audioPrompt": null, "formats": ["WAV"], "sampleDepth": "PCM24"}""");

        assertThat(request.getGenres()).containsExactly("blues", "rock");
        assertThat(request.getSeed()).isEqualTo(9);
        assertThat(request.getDeadline()).isEqualTo(Instant.parse("2027-01-31T18:00:00Z"));
        assertThat(request.getSampling().get(0).getTemperature()).isNaN();
        assertThat(request.getSampling().get(0).getTopK()).isEqualTo(5);
        assertThat(request.getEarlierSong().getUse()).isEqualTo(EarlierSongUse.UPSAMPLE);
        assertThat(request.getAudioPrompt()).isNull();
        assertThat(request.getFormats()).containsExactly(AudioFormat.WAV);
        assertThat(request.getSampleDepth()).isEqualTo(SampleDepth.PCM24);
    }

    @Test
    void whatIsWrongIsNamedWithItsPlaceAndWhatItMustBe() {
        refused("{" + LEAST + ", \"lyric\": \"la\"}", "lyric is not known, but must be one of songId, model");
        refused("{\"model\": \"m\", \"durationSeconds\": 20}", "songId is missing");
        refused("{" + LEAST + ", \"lyrics\": 5}", "lyrics is 5, but must be a text");
        refused("{" + LEAST + ", \"genres\": \"blues\"}", "genres is \"blues\", but must be a list");
        refused("{" + LEAST + ", \"seed\": 0.5}", "seed is 0.5, but must be a whole number");
        refused("{" + LEAST + ", \"deadline\": \"soon\"}", "deadline is \"soon\", but must be a time such as");
        refused("{" + LEAST + ", \"sampling\": [{\"level\": \"top\"}]}", "sampling[0].level is \"top\"");
        refused("{" + LEAST + ", \"sampleDepth\": \"UNKNOWN\"}", "must be one of PCM16, PCM24");
        refused("[]", "the request is [], but must be an object");
    }

    @Test
    void everythingThatIsWrongIsFoundAtOnce() {
        assertThatThrownBy(() -> RequestJson.read("{\"songId\": 1, \"model\": \"m\", \"colour\": \"red\"}"))
                .isInstanceOfSatisfying(InvalidRequestException.class, e -> assertThat(e.problems())
                        .extracting(RequestProblem::getField)
                        .containsExactly("colour", "songId", "durationSeconds"));
    }

    @Test
    void anIdIsGivenToARequestThatHasNone() throws JacksonException {
        assertThat(RequestJson.read("{\"model\": \"m\", \"durationSeconds\": 20}", "made-up")
                        .getSongId())
                .isEqualTo("made-up");
        assertThat(RequestJson.read("{" + LEAST + "}", "made-up").getSongId()).isEqualTo("a");
    }

    private static void refused(String json, String sentence) {
        assertThatThrownBy(() -> RequestJson.read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(sentence);
    }
}
