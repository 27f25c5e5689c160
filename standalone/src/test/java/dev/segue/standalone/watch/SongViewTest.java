package dev.segue.standalone.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.client.Events;
import dev.segue.contracts.client.SongState;
import dev.segue.contracts.record.SongEvent;
import dev.segue.contracts.record.SongEventKind;
import dev.segue.contracts.record.UnknownWord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people and programs see of a song. */
class SongViewTest {
    private final Events events = new Events();
    private final StringWriter written = new StringWriter();
    private final PrintWriter out = new PrintWriter(written);
    private final Sentences sentences = Sentences.fetching(Events.SONG);

    @Test
    void linesTellWhatIsSaidAndEachTenthOfTheWay() {
        show(
                new Lines(out, sentences),
                events.received(),
                events.accepted(new UnknownWord(2, "artist", "nobody"), new UnknownWord(0, "artist", "nobody")),
                events.progress(0, 30),
                events.progress(10, 31),
                events.audio(2),
                events.audio(2),
                events.progress(800, 60),
                events.completed());

        assertThat(written.toString().lines())
                .containsExactly(
                        "preparing",
                        "blue-song: 20.0 s of sound by untrained, seed 7",
                        "artist \"nobody\" is unknown to level 0, 2, which hears an unknown one; segue models lists the"
                                + " names that models of this machine know",
                        "queued, 2 before it: level 0 0 %, level 2 0 %",
                        "sampling: level 0 0 %, level 2 30 %, 12.5 s to go",
                        "listen already, level 2 from 0.0 s to 1.0 s: segue fetch blue-song level-2/0-100.flac",
                        "sampling: level 0 50 %, level 2 60 %, 12.5 s to go",
                        "finished: 20.0 s of sound in 9.5 s");
    }

    @Test
    void barsAreWrittenOverAndWhatIsSaidStandsAboveThem() {
        show(
                new Bars(out, sentences),
                events.accepted(),
                events.progress(400, 60),
                events.progress(800, 100),
                events.audio(2));

        String screen = written.toString();
        assertThat(screen).contains("\033[3A\033[J");
        assertThat(screen).contains("level 2 ████████████████████████████████ 100 %  100 of 100 codes");
        assertThat(screen).contains("level 0 ████████████████░░░░░░░░░░░░░░░░  50 %  800 of 1,600 codes, 2.0 s to go");
        assertThat(screen.lastIndexOf("listen already")).isLessThan(screen.lastIndexOf("level 2 ███"));
    }

    @Test
    void programsReadEachEventAsJson() throws IOException {
        show(new EventJson(out), events.accepted(), events.completed());

        List<String> lines = written.toString().lines().toList();
        assertThat(lines).hasSize(2);
        JsonNode completed = new ObjectMapper().readTree(lines.get(1));
        assertThat(completed.path("kind").asText()).isEqualTo("COMPLETED");
        assertThat(completed.path("at").asText()).isEqualTo("2026-11-23T18:00:01Z");
        assertThat(completed
                        .path("completed")
                        .path("objects")
                        .path(0)
                        .path("key")
                        .asText())
                .isEqualTo("songs/blue-song/song.flac");
        assertThat(completed.has("failed")).isFalse();
    }

    @Test
    void everyEndIsToldWithItsReason() {
        show(new Lines(out, sentences), events.rejected());
        show(new Lines(out, sentences), events.failed());
        show(new Lines(out, sentences), events.ended(SongEventKind.CANCELLED, "enough"));
        show(new Lines(out, sentences), events.ended(SongEventKind.EXPIRED, ""));

        assertThat(written.toString().lines())
                .containsExactly(
                        "rejected: model is nobody.",
                        "failed: too little memory (level 0, window 3, tried 3 times, out of memory)",
                        "cancelled: enough",
                        "expired");
    }

    private static void show(SongView view, SongEvent... of) {
        SongState state = SongState.unknown(of[0]);
        for (SongEvent event : of) {
            SongState after = state.after(event);
            view.show(event, state, after);
            state = after;
        }
        view.close();
    }
}
