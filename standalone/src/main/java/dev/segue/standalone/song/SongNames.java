package dev.segue.standalone.song;

import dev.segue.contracts.record.StoredObject;
import dev.segue.standalone.fetch.SongFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Names of a song's files in the current folder: the song's id, and what each is. */
final class SongNames {
    private SongNames() {}

    /** What people want of a song: its sound, its lyrics, what it says of itself; pieces and codes stay in the store. */
    static List<StoredObject> wanted(String songId, List<StoredObject> objects) {
        return objects.stream()
                .filter(object -> SongFiles.within(songId, object.getKey())
                        .matches("song\\.(flac|wav)|lyrics\\.(lrc|vtt|json)|manifest\\.json"))
                .toList();
    }

    /** {@code song.flac} is ID.flac, {@code lyrics.lrc} is ID.lrc, and so on. */
    static String file(String songId, String within) {
        return songId + "." + within.replaceFirst("^song\\.|^lyrics\\.(?=lrc|vtt)", "");
    }

    /**
     * Looks whether a song's files would replace others, before it is made.
     *
     * @throws IllegalArgumentException if they would
     */
    static void refuseToReplace(Path folder, String songId) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<String> there = files.map(file -> file.getFileName().toString())
                    .filter(name ->
                            name.matches("\\Q" + songId + "\\E\\.(flac|wav|lrc|vtt|lyrics\\.json|manifest\\.json)"))
                    .sorted()
                    .toList();
            if (!there.isEmpty()) {
                throw new IllegalArgumentException(String.join(", ", there)
                        + " would be replaced; choose another --id or another folder with --out, or give --force");
            }
        }
    }
}
