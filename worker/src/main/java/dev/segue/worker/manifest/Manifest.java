package dev.segue.worker.manifest;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The songs of a folder, in the order of {@code manifest.jsonl}.
 *
 * @param folder that the files of {@code songs} are relative to
 */
public record Manifest(Path folder, List<SongEntry> songs) {
    /** What the file is called. */
    public static final String FILE = "manifest.jsonl";

    /** Copies what it is given. */
    public Manifest {
        songs = List.copyOf(songs);
    }

    /**
     * Reads a folder's manifest. Blank lines are skipped; a song whose line does not say what it is for gets a split by
     * the name of its file.
     *
     * @throws ManifestException if it is not there, or a line of it cannot be used, or a song's file is not there
     */
    public static Manifest read(Path folder) throws IOException {
        Path manifest = folder.resolve(FILE);
        if (!Files.isRegularFile(manifest)) {
            throw new ManifestException.Missing(manifest);
        }
        List<SongEntry> songs = new ArrayList<>();
        Map<String, Integer> lines = new HashMap<>();
        int number = 0;
        for (String line : lines(manifest)) {
            number++;
            if (!line.isBlank()) {
                SongEntry song = SongEntryJson.read(number, line);
                Integer before = lines.put(song.file(), number);
                if (before != null) {
                    throw new ManifestException.Repeated(number, before, song.file());
                }
                if (!Files.isRegularFile(folder.resolve(song.file()))) {
                    throw new ManifestException.NoSound(number, folder.resolve(song.file()));
                }
                songs.add(song);
            }
        }
        if (songs.isEmpty()) {
            throw new ManifestException.Empty(manifest);
        }
        return new Manifest(folder, songs);
    }

    private static List<String> lines(Path manifest) throws IOException {
        try {
            return Files.readAllLines(manifest, StandardCharsets.UTF_8);
        } catch (MalformedInputException e) {
            throw new ManifestException.NotJson(1, "the file is not UTF-8");
        }
    }

    /** The songs that are for something, in their order. */
    public List<SongEntry> songs(Split split) {
        return songs.stream().filter(song -> song.split() == split).toList();
    }

    /** Where a song's sound is. */
    public Path file(SongEntry song) {
        return folder.resolve(song.file());
    }
}
