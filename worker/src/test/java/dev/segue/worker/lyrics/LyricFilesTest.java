package dev.segue.worker.lyrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.worker.jukebox.labels.CleanLyrics;
import dev.segue.worker.jukebox.labels.LyricVocabulary;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LyricFilesTest {
    private static final double SECONDS_PER_CODE = 0.01;
    private static final String LYRICS = "Größe, Café!\r\n\n  Ты & <I>\\the end";

    /** Every cleaned character sung for ten codes, one after the other, but the last six not at all. */
    private static TimedLyrics timed() {
        CleanLyrics cleaned = LyricVocabulary.V3.cleaned(LYRICS);
        int[] first = new int[cleaned.length()];
        int[] last = new int[cleaned.length()];
        for (int i = 0; i < first.length; i++) {
            boolean sung = i < first.length - 7;
            first[i] = sung ? 10 * i : LyricTiming.UNSUNG;
            last[i] = sung ? 10 * i + 9 : LyricTiming.UNSUNG;
        }
        return TimedLyrics.of(LYRICS, cleaned, LyricTiming.of(1_000, first, last), SECONDS_PER_CODE);
    }

    @Test
    void cleanedCharactersKnowWhereTheyComeFrom() {
        CleanLyrics cleaned = LyricVocabulary.V3.cleaned(LYRICS);

        assertThat(cleaned.text()).isEqualTo("Grosse, Cafe!\n\n  Ty  I\nthe end");
        assertThat(cleaned.text()).isEqualTo(LyricVocabulary.V3.clean(LYRICS));
        for (int i = 0; i < cleaned.length(); i++) {
            assertThat(cleaned.origin(i)).isBetween(i == 0 ? 0 : cleaned.origin(i - 1), LYRICS.length() - 1);
        }
        assertThat(LYRICS.charAt(cleaned.origin(3))).isEqualTo('ß');
        assertThat(LYRICS.charAt(cleaned.origin(4))).isEqualTo('ß');
        assertThat(LYRICS.charAt(cleaned.origin(cleaned.length() - 1))).isEqualTo('d');
    }

    @Test
    void wordsKeepTheirSpellingAndGetTheTimesOfTheirCharacters() {
        List<TimedLyrics.Line> lines = timed().lines();

        assertThat(lines).extracting(TimedLyrics.Line::text).containsExactly("Größe, Café!", "", "Ты & <I>", "the end");
        assertThat(lines.get(0).words()).extracting(TimedLyrics.Word::text).containsExactly("Größe,", "Café!");
        assertThat(lines.get(0).words().get(0).times()).contains(new TimedLyrics.Times(0, 70 * SECONDS_PER_CODE));
        assertThat(lines.get(0).words().get(1).times())
                .contains(new TimedLyrics.Times(80 * SECONDS_PER_CODE, 130 * SECONDS_PER_CODE));
        assertThat(lines.get(1).times()).isEmpty();
        assertThat(lines.get(2).words().get(1).times())
                .as("&, which no model hears")
                .isEmpty();
        assertThat(lines.get(3).times()).isEmpty();
    }

    @Test
    void theJsonHoldsEveryLineAndNamesTheMethod() throws IOException {
        JsonNode json = new ObjectMapper().readTree(LyricFiles.json(timed()));

        assertThat(json.get("method").asText()).isEqualTo(LyricTimer.METHOD);
        assertThat(json.get("duration").asDouble()).isEqualTo(10);
        assertThat(json.get("lines")).hasSize(4);
        JsonNode second = json.get("lines").get(0).get("words").get(1);
        assertThat(second.get("text").asText()).isEqualTo("Café!");
        assertThat(second.get("start").asDouble()).isEqualTo(0.8);
        assertThat(second.get("end").asDouble()).isEqualTo(1.3);
        assertThat(json.get("lines").get(3).get("start").isNull()).isTrue();
    }

    @Test
    void theLrcHoldsSungLinesWithATimeForEachWord() {
        assertThat(LyricFiles.lrc(timed(), "[A]\nsong", "")).isEqualTo("""
                [ti:A song]
                [length:00:10.00]
                [re:Segue]
                [00:00.00]<00:00.00> Größe, <00:00.80> Café! <00:01.30>
                [00:01.70]<00:01.70> Ты & <00:02.10> <I> <00:02.20>
                """);
    }

    @Test
    void theVttEscapesWordsAndItsTimesOnlyGoForward() {
        assertThat(LyricFiles.vtt(timed())).isEqualTo("""
                WEBVTT

                NOTE Timed by Segue: monotone path of greatest attention

                00:00:00.000 --> 00:00:01.300
                Größe, <00:00:00.800>Café!

                00:00:01.700 --> 00:00:02.200
                Ты &amp; <00:00:02.100>&lt;I&gt;
                """);
    }

    @Test
    void timesOfHoursAndWordsThatLookLikeTimesAreWrittenSo() {
        assertThat(LyricTime.hours(3_723.0456)).isEqualTo("01:02:03.046");
        assertThat(LyricTime.minutes(3_723.0456)).isEqualTo("62:03.05");
        assertThat(LyricTime.withoutTags("<12:30> [1:2] <b>")).isEqualTo("(12:30> (1:2] <b>");
    }

    @Test
    void timingOfOtherLyricsIsRefused() {
        int[] none = new int[3];
        Arrays.fill(none, LyricTiming.UNSUNG);
        assertThatThrownBy(() -> TimedLyrics.of(
                        LYRICS, LyricVocabulary.V3.cleaned(LYRICS), LyricTiming.of(5, none, none), SECONDS_PER_CODE))
                .hasMessageContaining("30 characters but their timing 3");
    }
}
