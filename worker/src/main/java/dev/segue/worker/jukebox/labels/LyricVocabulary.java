package dev.segue.worker.jukebox.labels;

import dev.segue.contracts.model.LabelVersion;
import java.util.Arrays;

/**
 * The characters that a model can sing, and their ids from 1; 0 is padding (specification §8.3).
 */
public enum LyricVocabulary {
    V2(LyricVocabulary.COMMON + "+" + LyricVocabulary.LAST),
    /** Without the plus sign, so that every later id is one lower. */
    V3(LyricVocabulary.COMMON + LyricVocabulary.LAST);

    /** The id of padding. */
    public static final int PADDING = 0;

    private static final String COMMON =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "abcdefghijklmnopqrstuvwxyz" + "0123456789" + ".,:;!?-";
    private static final String LAST = "'\"()[] \t\n";

    private final String characters;

    LyricVocabulary(String characters) {
        this.characters = characters;
    }

    /** The vocabulary that goes with a label version. */
    public static LyricVocabulary of(LabelVersion version) {
        return switch (version) {
            case V2 -> V2;
            case V3 -> V3;
        };
    }

    /** Number of ids including padding. */
    public int size() {
        return characters.length() + 1;
    }

    /** The text as the model hears it: ASCII, a line break for each backslash, nothing outside the vocabulary. */
    public String clean(String lyrics) {
        return cleaned(lyrics).text();
    }

    /** The text as the model hears it, and where each of its characters comes from. */
    public CleanLyrics cleaned(String lyrics) {
        StringBuilder kept = new StringBuilder();
        int[] origins = new int[lyrics.length()];
        for (int at = 0; at < lyrics.length(); ) {
            int character = lyrics.codePointAt(at);
            for (char ascii :
                    Transliteration.toAscii(character).replace('\\', '\n').toCharArray()) {
                if (characters.indexOf(ascii) >= 0) {
                    if (kept.length() == origins.length) {
                        origins = Arrays.copyOf(origins, 2 * origins.length);
                    }
                    origins[kept.length()] = at;
                    kept.append(ascii);
                }
            }
            at += Character.charCount(character);
        }
        return new CleanLyrics(kept.toString(), Arrays.copyOf(origins, kept.length()));
    }

    /** Ids of a text that is {@linkplain #clean clean}. */
    public int[] tokens(String clean) {
        return clean.chars().map(c -> characters.indexOf(c) + 1).toArray();
    }

    /** What is shown for {@code token}: its character, or nothing for padding. */
    public String character(int token) {
        return token == PADDING ? "" : characters.substring(token - 1, token);
    }
}
