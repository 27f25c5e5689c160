package dev.segue.contracts.request;

import java.math.BigDecimal;
import java.util.Locale;

/** Values as messages show them: in one line, short, and with nothing in them that a terminal obeys. */
public final class Shown {
    private static final int LONGEST = 60;

    private Shown() {}

    /** Text in quotes, its control characters escaped, cut where it is long. */
    public static String quoted(String text) {
        StringBuilder shown = new StringBuilder("\"");
        int end = Math.min(LONGEST, text.length());
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                shown.append(c);
            }
        }
        return end < text.length()
                ? shown.append("…\" (")
                        .append(text.length())
                        .append(" characters)")
                        .toString()
                : shown.append('"').toString();
    }

    /** A number as people write it: 20, 0.99, NaN. */
    public static String number(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal plain = BigDecimal.valueOf(value).stripTrailingZeros();
        return plain.scale() > 12 || plain.precision() - plain.scale() > 12
                ? Double.toString(value)
                : plain.toPlainString();
    }

    /** A length of time to the millisecond: 5.944 s. */
    public static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.3f s", seconds);
    }
}
