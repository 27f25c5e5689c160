package dev.segue.standalone.models;

import dev.segue.worker.jukebox.labels.KnownNames;
import java.util.List;
import java.util.Optional;

/** Names that a model knows, for people: a model may know thousands. */
public final class NameList {
    private static final int MOST = 24;

    private NameList() {}

    /** The names, or the first of them and how many more there are. */
    public static String of(List<String> names) {
        return names.size() <= MOST
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST)) + " and " + (names.size() - MOST) + " more";
    }

    /** Those that a field of a request may have; empty if there are none. */
    public static Optional<String> ofField(String field, KnownNames known) {
        List<String> names = field.equals("artist") ? known.artists() : known.genres();
        return names.isEmpty() ? Optional.empty() : Optional.of(of(names));
    }
}
