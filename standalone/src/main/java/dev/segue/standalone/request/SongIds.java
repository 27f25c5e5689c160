package dev.segue.standalone.request;

import java.text.Normalizer;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;

/** Ids for songs that were given none: words that people recognise, and a time and a number that keep them apart. */
final class SongIds {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int LONGEST_WORDS = 40;
    private static final int NUMBERS = 1 << 12;

    private SongIds() {}

    static String of(String artist, List<String> genres, Instant time) {
        String words = slug(artist + " " + String.join(" ", genres));
        return "%s-%s-%03x"
                .formatted(
                        words.isEmpty() ? "song" : words,
                        TIME.format(time),
                        ThreadLocalRandom.current().nextInt(NUMBERS));
    }

    private static String slug(String text) {
        String plain = Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9]+", "-");
        return plain.substring(0, Math.min(plain.length(), LONGEST_WORDS)).replaceAll("^-+|-+$", "");
    }
}
