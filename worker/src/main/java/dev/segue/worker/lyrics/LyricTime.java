package dev.segue.worker.lyrics;

import java.util.Locale;
import java.util.regex.Pattern;

/** Times as files of lyrics write them. */
final class LyricTime {
    private static final Pattern TAG = Pattern.compile("[<\\[](?=\\d+:)");

    private LyricTime() {}

    /** Minutes, seconds and hundredths: 03:07.25. */
    static String minutes(double seconds) {
        long hundredths = Math.round(seconds * 100);
        return String.format(Locale.ROOT, "%02d:%02d.%02d", hundredths / 6000, hundredths / 100 % 60, hundredths % 100);
    }

    /** Hours, minutes, seconds and thousandths: 00:03:07.250; in the order of time also as text. */
    static String hours(double seconds) {
        long thousandths = Math.round(seconds * 1000);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d.%03d",
                thousandths / 3_600_000,
                thousandths / 60_000 % 60,
                thousandths / 1000 % 60,
                thousandths % 1000);
    }

    /** Words that look like a time lose their bracket, so that no player takes them for one. */
    static String withoutTags(String word) {
        return TAG.matcher(word).replaceAll("(");
    }
}
