package dev.segue.worker.lyrics;

import dev.segue.worker.jukebox.labels.CleanLyrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The user's own words, line by line, with the times at which they are sung.
 *
 * @param seconds length of the song
 * @param lines in their order; empty ones too
 */
public record TimedLyrics(double seconds, List<Line> lines) {

    public TimedLyrics {
        lines = List.copyOf(lines);
    }

    /**
     * When something is sung, in seconds from the song's beginning.
     *
     * @param start of its first character that is sung
     * @param end of its last one
     */
    public record Times(double start, double end) {}

    /**
     * What stands between spaces, with its punctuation.
     *
     * @param times empty if it is not sung
     */
    public record Word(String text, Optional<Times> times) {}

    /** One line, from its first sung word to its last. */
    public record Line(String text, List<Word> words) {

        public Line {
            words = List.copyOf(words);
        }

        /** When it is sung; empty if none of its words is. */
        public Optional<Times> times() {
            List<Times> sung =
                    words.stream().flatMap(word -> word.times().stream()).toList();
            return sung.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Times(
                            sung.get(0).start(), sung.get(sung.size() - 1).end()));
        }
    }

    /**
     * Puts times to words.
     *
     * @param lyrics as the user wrote them
     * @param cleaned the same as the model heard them
     * @param timing of the cleaned characters
     * @param secondsPerCode of the top level
     * @throws IllegalArgumentException if timing and cleaned lyrics differ in their number of characters
     */
    public static TimedLyrics of(String lyrics, CleanLyrics cleaned, LyricTiming timing, double secondsPerCode) {
        if (cleaned.length() != timing.characters()) {
            throw new IllegalArgumentException("the lyrics have " + cleaned.length() + " characters but their timing "
                    + timing.characters() + "; pass the timing of these lyrics");
        }
        Reader reader = new Reader(lyrics, cleaned, timing, secondsPerCode);
        return new TimedLyrics(timing.codes() * secondsPerCode, reader.lines());
    }

    /** Walks through the lyrics and their cleaned characters at the same time. */
    private static final class Reader {
        private final String lyrics;
        private final CleanLyrics cleaned;
        private final LyricTiming timing;
        private final double secondsPerCode;
        private int next;

        Reader(String lyrics, CleanLyrics cleaned, LyricTiming timing, double secondsPerCode) {
            this.lyrics = lyrics;
            this.cleaned = cleaned;
            this.timing = timing;
            this.secondsPerCode = secondsPerCode;
        }

        List<Line> lines() {
            List<Line> lines = new ArrayList<>();
            int from = 0;
            while (from <= lyrics.length()) {
                int to = end(from, lyrics.length(), c -> c == '\n' || c == '\\');
                lines.add(new Line(lyrics.substring(from, to).strip(), words(from, to)));
                from = to + 1;
            }
            return lines;
        }

        private List<Word> words(int from, int to) {
            List<Word> words = new ArrayList<>();
            for (int at = from; at < to; ) {
                int begin = end(at, to, c -> !Character.isWhitespace(c));
                int end = end(begin, to, Character::isWhitespace);
                if (end > begin) {
                    words.add(new Word(lyrics.substring(begin, end), times(begin, end)));
                }
                at = end;
            }
            return words;
        }

        private int end(int from, int to, IntPredicate stop) {
            int end = from;
            while (end < to && !stop.test(lyrics.charAt(end))) {
                end++;
            }
            return end;
        }

        private Optional<Times> times(int from, int to) {
            int first = LyricTiming.UNSUNG;
            int last = LyricTiming.UNSUNG;
            for (; next < cleaned.length() && cleaned.origin(next) < to; next++) {
                if (cleaned.origin(next) >= from
                        && timing.sung(next)
                        && !Character.isWhitespace(cleaned.text().charAt(next))) {
                    first = first == LyricTiming.UNSUNG ? timing.first(next) : first;
                    last = Math.max(last, timing.last(next));
                }
            }
            return first == LyricTiming.UNSUNG
                    ? Optional.empty()
                    : Optional.of(new Times(first * secondsPerCode, (last + 1) * secondsPerCode));
        }
    }
}
