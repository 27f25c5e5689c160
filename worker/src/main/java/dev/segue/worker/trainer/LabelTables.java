package dev.segue.worker.trainer;

import dev.segue.contracts.model.LabelShape;
import dev.segue.contracts.model.LabelVersion;
import dev.segue.contracts.model.PriorShape;
import dev.segue.worker.jukebox.labels.IdentifierTable;
import dev.segue.worker.jukebox.labels.LabelSet;
import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The names that a model learns: those of a folder of songs in alphabetical order, after {@code unknown}, which has id 0.
 *
 * @param artists ids of artists, lower case
 * @param genres ids of genres, lower case
 */
public record LabelTables(Map<String, Integer> artists, Map<String, Integer> genres) {
    private static final String UNKNOWN = "unknown";

    /** Copies what it is given. */
    public LabelTables {
        artists = Map.copyOf(artists);
        genres = Map.copyOf(genres);
    }

    /** The names of every song of a manifest. */
    public static LabelTables of(Manifest manifest) {
        return new LabelTables(ids(manifest.songs(), SongEntry::artist), ids(manifest.songs(), SongEntry::genre));
    }

    private static Map<String, Integer> ids(Collection<SongEntry> songs, Function<SongEntry, String> label) {
        SortedSet<String> names = songs.stream()
                .map(song -> label.apply(song).toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty() && !name.equals(UNKNOWN))
                .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Integer> ids = new TreeMap<>(Map.of(UNKNOWN, IdentifierTable.UNKNOWN));
        for (String name : names) {
            if (name.matches("(?s).*[;\\n\\r].*")) {
                throw new IllegalArgumentException("the manifest has the name \"" + name
                        + "\" but names have no semicolon and no line end, which separate them in a model's tables;"
                        + " rename it");
            }
            ids.put(name, ids.size());
        }
        return ids;
    }

    /** The names as version 3 of the labels looks them up. */
    LabelSet labels() {
        return new LabelSet(LabelVersion.V3, IdentifierTable.of(artists), IdentifierTable.of(genres));
    }

    /** The same prior with as many rows as there are names; unlabelled ones stay so. */
    PriorShape counted(PriorShape prior) {
        if (prior.labels() == null) {
            return prior;
        }
        if (prior.labels().version() != LabelVersion.V3) {
            throw new RecipeException("labels.version", prior.labels().version(), "V3, since names are kept whole");
        }
        return new PriorShape(
                prior.level(),
                prior.context(),
                prior.codes(),
                prior.decoder(),
                prior.mergedDecoder(),
                new LabelShape(
                        LabelVersion.V3,
                        genres.size(),
                        artists.size(),
                        prior.labels().maxGenreWords()),
                prior.timing(),
                prior.lyrics(),
                prior.conditioner(),
                prior.halfLinears(),
                prior.sampleRate());
    }

    /** A table as the file that a model has of it: {@code name;id} per line, in the order of ids. */
    static String text(Map<String, Integer> ids) {
        return ids.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(entry -> entry.getKey() + ";" + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
