package dev.segue.orchestrator.status.http;

import java.util.Locale;

/** What kind of answer somebody wants. */
final class Accepts {
    private Accepts() {}

    /** Whether a page is wanted more than JSON; who says nothing, or takes anything, gets JSON. */
    static boolean html(String accept) {
        if (accept == null) {
            return false;
        }
        double html = 0;
        double json = 0;
        for (String each : accept.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = each.split(";");
            double quality = quality(parts);
            switch (parts[0].strip()) {
                case "text/html" -> html = Math.max(html, quality);
                case "application/json" -> json = Math.max(json, quality);
                default -> {
                    // Anything else may be either.
                }
            }
        }
        return html > json;
    }

    private static double quality(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.startsWith("q=")) {
                try {
                    return Double.parseDouble(part.substring(2));
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 1;
    }
}
