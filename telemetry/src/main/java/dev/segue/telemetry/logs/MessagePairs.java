package dev.segue.telemetry.logs;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.helpers.MessageFormatter;

/**
 * What a message of pairs {@code event=task_done song={} level={}} says, read from its template, so that a value may
 * hold anything: spaces, quotes, pairs of its own.
 */
final class MessagePairs {
    private static final Pattern PAIR = Pattern.compile("([A-Za-z][A-Za-z0-9_]*)=(?:\"([^\"]*)\"|(\\S*))");
    private static final String PLACE = "{}";

    private MessagePairs() {}

    /**
     * The pairs by their keys, in their order. A value that is one argument is that number or truth value, anything else
     * is text.
     *
     * @param arguments what fills the template; null for none
     */
    static Map<String, Object> of(String template, Object[] arguments) {
        Object[] given = arguments == null ? new Object[0] : arguments;
        Map<String, Object> pairs = new LinkedHashMap<>();
        int next = 0;
        int read = 0;
        for (Matcher pair = PAIR.matcher(template); pair.find(); ) {
            next += places(template.substring(read, pair.start()));
            String value = pair.group(2) == null ? pair.group(3) : pair.group(2);
            pairs.put(pair.group(1), filled(value, given, next));
            next += places(value);
            read = pair.end();
        }
        return pairs;
    }

    private static Object filled(String value, Object[] arguments, int first) {
        if (value.equals(PLACE) && first < arguments.length) {
            Object argument = arguments[first];
            return argument instanceof Number || argument instanceof Boolean ? argument : String.valueOf(argument);
        }
        Object[] its = Arrays.copyOfRange(arguments, Math.min(first, arguments.length), arguments.length);
        return MessageFormatter.basicArrayFormat(value, its);
    }

    private static int places(String text) {
        int places = 0;
        for (int at = text.indexOf(PLACE); at >= 0; at = text.indexOf(PLACE, at + PLACE.length())) {
            places++;
        }
        return places;
    }
}
