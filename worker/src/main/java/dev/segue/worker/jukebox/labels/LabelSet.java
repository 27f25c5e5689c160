package dev.segue.worker.jukebox.labels;

import dev.segue.contracts.model.LabelVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How one generation of models turns the names of artists and genres into ids (specification §8.2).
 *
 * @param version the rules for names
 * @param artists ids of artists
 * @param genres ids of genres or, in version 2, of genre words
 */
public record LabelSet(LabelVersion version, IdentifierTable artists, IdentifierTable genres) {
    /** What an unused genre slot holds. */
    public static final int EMPTY_SLOT = -1;

    private static final Pattern NOT_A_WORD = Pattern.compile("[^a-z0-9]+");

    /** The form in which the tables of this version have {@code name}. */
    public String normalise(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return switch (version) {
            case V2 -> words(lower);
            case V3 -> lower;
        };
    }

    /** The id of an artist. */
    public NamedId artist(String name) {
        return lookUp(artists, normalise(name));
    }

    /** The ids of a genre: one per word in version 2, one in all in version 3. */
    public List<NamedId> genre(String name) {
        String normal = normalise(name);
        List<String> words =
                switch (version) {
                    case V2 -> Arrays.asList(normal.split("_", -1));
                    case V3 -> List.of(normal);
                };
        List<NamedId> ids = new ArrayList<>();
        for (String word : words) {
            ids.add(lookUp(genres, word));
        }
        return List.copyOf(ids);
    }

    /** What is shown for an artist's id. */
    public String artistName(int id) {
        return artists.names(id);
    }

    /** What is shown for the genre slots of a label row; empty slots are skipped. */
    public String genreName(List<Integer> ids) {
        return ids.stream().filter(id -> id != EMPTY_SLOT).map(genres::names).collect(Collectors.joining("_"));
    }

    private static NamedId lookUp(IdentifierTable table, String name) {
        return new NamedId(
                name,
                table.id(name).orElse(IdentifierTable.UNKNOWN),
                table.id(name).isPresent());
    }

    /** Lower-case ASCII letters and digits, everything between them one underscore. */
    private static String words(String lower) {
        String joined = NOT_A_WORD.matcher(lower).replaceAll("_");
        int from = joined.startsWith("_") ? 1 : 0;
        int to = joined.endsWith("_") ? joined.length() - 1 : joined.length();
        return from < to ? joined.substring(from, to) : "";
    }

    /**
     * A name or word after normalising.
     *
     * @param name what was looked up
     * @param id its id, {@link IdentifierTable#UNKNOWN} if the table lacks it
     * @param known whether the table has it
     */
    public record NamedId(String name, int id, boolean known) {}
}
