package dev.segue.worker.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.worker.jukebox.alignment.Alignment;
import dev.segue.worker.jukebox.labels.CleanLyrics;
import dev.segue.worker.jukebox.labels.LyricVocabulary;
import dev.segue.worker.lyrics.LyricFiles;
import dev.segue.worker.lyrics.LyricTimer;
import dev.segue.worker.lyrics.LyricTiming;
import dev.segue.worker.lyrics.TimedLyrics;
import dev.segue.worker.weights.SafetensorsFile;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The original's alignments, of random weights, go through timing without contradiction. */
class LyricTimingParityTest {
    private static final double SECONDS_PER_CODE = 128 / 44_100.0;

    static Stream<String> items() {
        return AlignmentParityTest.pages();
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("items")
    void wordsAreSungInOrderAndInsideTheSong(String item) {
        String folder = item.substring(0, item.lastIndexOf('/'));
        int number = Integer.parseInt(item.substring(item.lastIndexOf("item") + "item".length()));
        SafetensorsFile trace = Fixtures.tensors(folder + "/trace.safetensors");
        float[][] weights = TensorData.matrix(trace, "alignment.item" + number);
        String lyrics = Fixtures.json(folder + "/run.json")
                .get("metas")
                .get(number)
                .get("lyrics")
                .asText();
        CleanLyrics cleaned = LyricVocabulary.V3.cleaned(lyrics);
        LyricTiming timing = new LyricTimer(SECONDS_PER_CODE).time(Alignment.of(weights, cleaned.length()));

        TimedLyrics timed = TimedLyrics.of(lyrics, cleaned, timing, SECONDS_PER_CODE);
        double before = 0;
        for (TimedLyrics.Line line : timed.lines()) {
            for (TimedLyrics.Word word : line.words()) {
                Optional<TimedLyrics.Times> times = word.times();
                if (times.isPresent()) {
                    assertThat(times.get().start())
                            .isBetween(before, times.get().end());
                    assertThat(times.get().end()).isLessThanOrEqualTo(timed.seconds());
                    before = times.get().start();
                }
            }
        }
        assertThat(LyricFiles.json(timed)).contains("\"lines\"");
        assertThat(LyricFiles.vtt(timed)).startsWith("WEBVTT\n");
    }
}
