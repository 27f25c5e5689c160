package dev.segue.worker.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.segue.contracts.model.LabelVersion;
import dev.segue.worker.jukebox.labels.IdentifierTable;
import dev.segue.worker.jukebox.labels.LabelSet;
import dev.segue.worker.jukebox.labels.SongDescription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/** The identifier tables and song descriptions of the fixtures. */
public final class ReferenceLabels {
    private ReferenceLabels() {}

    /** The made-up tables of a label version. */
    public static LabelSet set(LabelVersion version) {
        String prefix = "labels/ids/" + version.name().toLowerCase(Locale.ROOT);
        try {
            return new LabelSet(
                    version,
                    IdentifierTable.read(Fixtures.file(prefix + "_artist_ids.txt")),
                    IdentifierTable.read(Fixtures.file(prefix + "_genre_ids.txt")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the songs that the fixtures list. */
    public static SongDescription song(JsonNode meta) {
        return new SongDescription(
                meta.get("artist").asText(),
                meta.get("genre").asText(),
                meta.get("lyrics").asText(),
                meta.get("total_length").asLong(),
                meta.get("offset").asLong());
    }

    static long[] longs(JsonNode array) {
        long[] values = new long[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asLong();
        }
        return values;
    }
}
