package dev.segue.worker.lyrics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.worker.lyrics.TimedLyrics.Line;
import dev.segue.worker.lyrics.TimedLyrics.Times;
import dev.segue.worker.lyrics.TimedLyrics.Word;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;

/** Timed lyrics as the text of files that players read. Lines that are not sung stand in the JSON only. */
public final class LyricFiles {
    private static final String MADE_BY = "Segue";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private LyricFiles() {}

    /**
     * {@code lyrics.json}: the method, the song's seconds, and lines with text, start, end and words with the same; start
     * and end are null for what is not sung.
     */
    public static String json(TimedLyrics lyrics) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", 1).put("method", LyricTimer.METHOD).put("duration", rounded(lyrics.seconds()));
        for (Line line : lyrics.lines()) {
            ObjectNode node = root.withArray("lines").addObject().put("text", line.text());
            putTimes(node, line.times());
            node.putArray("words");
            for (Word word : line.words()) {
                putTimes(node.withArray("words").addObject().put("text", word.text()), word.times());
            }
        }
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void putTimes(ObjectNode node, Optional<Times> times) {
        node.put("start", times.map(sung -> rounded(sung.start())).orElse(null));
        node.put("end", times.map(sung -> rounded(sung.end())).orElse(null));
    }

    private static BigDecimal rounded(double seconds) {
        return BigDecimal.valueOf(seconds).setScale(3, RoundingMode.HALF_UP);
    }

    /**
     * {@code lyrics.lrc}: enhanced LRC, each sung line with its time and each sung word with its own.
     *
     * @param title of the song, may be empty
     * @param artist that was asked for, may be empty
     */
    public static String lrc(TimedLyrics lyrics, String title, String artist) {
        StringBuilder lrc = new StringBuilder();
        header(lrc, "ti", title);
        header(lrc, "ar", artist);
        header(lrc, "length", LyricTime.minutes(lyrics.seconds()));
        header(lrc, "re", MADE_BY);
        for (Line line : lyrics.lines()) {
            line.times().ifPresent(times -> {
                lrc.append('[').append(LyricTime.minutes(times.start())).append(']');
                for (Word word : line.words()) {
                    word.times().ifPresent(sung -> lrc.append('<')
                            .append(LyricTime.minutes(sung.start()))
                            .append("> "));
                    lrc.append(LyricTime.withoutTags(word.text())).append(' ');
                }
                lrc.append('<').append(LyricTime.minutes(times.end())).append(">\n");
            });
        }
        return lrc.toString();
    }

    private static void header(StringBuilder lrc, String tag, String value) {
        String plain = value.replaceAll("[\\p{Cntrl}\\[\\]]+", " ").strip();
        if (!plain.isEmpty()) {
            lrc.append('[').append(tag).append(':').append(plain).append("]\n");
        }
    }

    /** {@code lyrics.vtt}: WebVTT, a cue for each sung line with a time before each later sung word of it. */
    public static String vtt(TimedLyrics lyrics) {
        StringBuilder vtt = new StringBuilder("WEBVTT\n\nNOTE Timed by " + MADE_BY + ": " + LyricTimer.METHOD + "\n");
        for (Line line : lyrics.lines()) {
            line.times().ifPresent(times -> cue(vtt, line, times));
        }
        return vtt.toString();
    }

    private static void cue(StringBuilder vtt, Line line, Times times) {
        String start = LyricTime.hours(times.start());
        String end = LyricTime.hours(times.end());
        if (start.compareTo(end) >= 0) {
            end = LyricTime.hours(times.start() + 0.001);
        }
        vtt.append(String.format(Locale.ROOT, "%n%s --> %s%n", start, end).replace("\r", ""));
        String before = start;
        StringBuilder text = new StringBuilder();
        for (Word word : line.words()) {
            text.append(text.isEmpty() ? "" : " ");
            // A time inside a cue must lie after the one before and before the cue's end.
            String at = word.times().map(sung -> LyricTime.hours(sung.start())).orElse(before);
            if (at.compareTo(before) > 0 && at.compareTo(end) < 0) {
                text.append('<').append(at).append('>');
                before = at;
            }
            text.append(word.text().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
        }
        vtt.append(text).append('\n');
    }
}
