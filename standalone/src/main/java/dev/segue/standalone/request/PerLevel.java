package dev.segue.standalone.request;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import picocli.CommandLine.TypeConversionException;

/**
 * A number for all levels, or one for each of some: {@code 0.98} or {@code 0=0.99,1=0.99,2=0.98}.
 *
 * @param all for every level; null where levels are named
 * @param named by number of the level
 */
record PerLevel<T>(T all, Map<Integer, T> named) {

    /**
     * Reads one.
     *
     * @throws TypeConversionException if it is neither form
     */
    static <T> PerLevel<T> parse(String text, Function<String, T> number) {
        if (!text.contains("=")) {
            return new PerLevel<>(parsed(text, text, number), Map.of());
        }
        Map<Integer, T> named = new TreeMap<>();
        for (String pair : text.split(",", -1)) {
            String[] sides = pair.split("=", 2);
            if (sides.length != 2) {
                throw wrong(text);
            }
            if (named.put(parsed(text, sides[0], Integer::valueOf), parsed(text, sides[1], number)) != null) {
                throw new TypeConversionException("\"" + text + "\" names level " + sides[0] + " twice; name it once");
            }
        }
        return new PerLevel<>(null, named);
    }

    private static <T> T parsed(String whole, String part, Function<String, T> number) {
        try {
            return number.apply(part.strip());
        } catch (NumberFormatException e) {
            throw wrong(whole);
        }
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException(
                "\"" + text + "\" must be one number for all levels, or one for each as in 0=0.99,1=0.99,2=0.98");
    }

    /** For one level; null if nothing was said about it. */
    T at(int level) {
        return all == null ? named.get(level) : all;
    }

    boolean forAll() {
        return all != null;
    }

    Collection<Integer> levels() {
        return named.keySet();
    }
}
