package dev.segue.worker.jukebox.labels;

import java.text.Normalizer;
import java.util.Map;
import net.gcardone.junidecode.Junidecode;

/**
 * Any text in ASCII letters that sound or look like it, as the original's lyrics were prepared.
 *
 * <p>The original used Python's Unidecode; version 1.3.6 is what this is held against. The library used here has the same ancestor but writes {@code [?]} for what
 * it does not know, where Unidecode writes nothing, and stops at U+FFFF; characters it does not know are replaced by
 * their compatibility form where that is ASCII (circled digits, mathematical letters). Of what people write in lyrics,
 * the two disagree on the characters in {@link #CORRECTIONS}; what remains different (491 of the first 131 072
 * code points, counting only characters that a model can sing) is phonetic letters, squared letters, presentation forms
 * and other signs.
 */
final class Transliteration {
    private static final Map<Integer, String> CORRECTIONS = Map.ofEntries(
            Map.entry(0xBC, " 1/4"),
            Map.entry(0xBD, " 1/2"),
            Map.entry(0xBE, " 3/4"),
            Map.entry(0x14A, "ng"),
            Map.entry(0x14B, "NG"),
            Map.entry((int) 'Є', "Ie"),
            Map.entry((int) 'Ъ', "'"),
            Map.entry((int) 'ъ', "'"),
            // Armenian full stop; Hebrew
            Map.entry(0x589, ":"),
            Map.entry(0x5BA, "o"),
            Map.entry(0x5BC, ""),
            Map.entry(0x5BE, "-"),
            Map.entry(0x5C3, "."),
            Map.entry(0x5D0, "A"),
            Map.entry(0x5D7, "H"),
            Map.entry(0x5D8, "T"),
            Map.entry(0x5DA, "KH"),
            Map.entry(0x5DB, "KH"),
            Map.entry(0x5E5, "TS"),
            Map.entry(0x5E6, "TS"),
            Map.entry(0x5E7, "k"),
            Map.entry(0x5E9, "SH"),
            Map.entry(0x5F1, "OY"),
            Map.entry(0x5F2, "EY"),
            // Hepburn, not Kunrei
            Map.entry((int) 'し', "shi"),
            Map.entry((int) 'ち', "chi"),
            Map.entry((int) 'っ', "tsu"),
            Map.entry((int) 'つ', "tsu"),
            Map.entry((int) 'シ', "shi"),
            Map.entry((int) 'チ', "chi"),
            Map.entry((int) 'ッ', "tsu"),
            Map.entry((int) 'ツ', "tsu"),
            // signs
            Map.entry((int) '₴', "UAH"),
            Map.entry((int) '₹', "Rs"),
            Map.entry((int) '₺', "L"),
            Map.entry((int) '₽', "R"),
            Map.entry((int) '₿', "BTC"),
            Map.entry((int) '℃', ""),
            Map.entry((int) '℉', ""),
            Map.entry((int) '№', "No. "),
            Map.entry((int) '℗', "(p)"),
            Map.entry((int) '℠', "(sm)"),
            Map.entry((int) '™', "(tm)"),
            Map.entry(0x2126, "ohm"),
            Map.entry(0x2212, "-"),
            Map.entry(0x2236, ":"),
            Map.entry((int) '❜', "'"),
            Map.entry((int) '❝', "\""),
            Map.entry((int) '❞', "\""),
            Map.entry((int) '❢', "!"));

    private Transliteration() {}

    /** One code point; often several letters, sometimes none. */
    static String toAscii(int character) {
        if (character < 0x80) {
            return Character.toString(character);
        }
        String correction = CORRECTIONS.get(character);
        if (correction != null) {
            return correction;
        }
        String known = Character.isBmpCodePoint(character) && !Character.isSurrogate((char) character)
                ? Junidecode.unidecode(Character.toString(character))
                : "";
        return known.isEmpty() || known.strip().equals("[?]") ? compatible(character) : known;
    }

    private static String compatible(int character) {
        String form = Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKC);
        return form.chars().allMatch(c -> c < 0x80) ? form : "";
    }
}
