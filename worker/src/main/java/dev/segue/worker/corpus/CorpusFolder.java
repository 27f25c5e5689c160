package dev.segue.worker.corpus;

import dev.segue.worker.manifest.Manifest;
import dev.segue.worker.manifest.SongEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The files of one corpus. Used by one thread. */
final class CorpusFolder {
    private static final Pattern SONG = Pattern.compile("[0-9]{4,}\\.flac(\\.part)?");

    private final Path folder;

    CorpusFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes the folder; of an older corpus nothing is left, and nothing else is touched. */
    void clear() throws IOException {
        Path songs = Files.createDirectories(folder.resolve(CorpusWriter.SONGS));
        Files.deleteIfExists(folder.resolve(CorpusCard.FILE));
        Files.deleteIfExists(folder.resolve(Manifest.FILE));
        List<Path> old;
        try (Stream<Path> files = Files.list(songs)) {
            old = files.filter(
                            file -> SONG.matcher(file.getFileName().toString()).matches())
                    .toList();
        }
        for (Path file : old) {
            Files.delete(file);
        }
    }

    /** Writes a file of text, which appears when it is whole. */
    void write(String name, String text) throws IOException {
        Path part = folder.resolve(name + ".part");
        Files.writeString(part, text, StandardCharsets.UTF_8);
        Files.move(part, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    /**
     * SHA-256 over the lines "digest, two spaces, name" of every song and of the manifest: what
     * {@code sha256sum songs/*.flac manifest.jsonl | sha256sum} prints.
     */
    String digest(List<SongEntry> songs) throws IOException {
        MessageDigest all = sha256();
        for (SongEntry song : songs) {
            add(all, song.file());
        }
        add(all, Manifest.FILE);
        return HexFormat.of().formatHex(all.digest());
    }

    private void add(MessageDigest all, String name) throws IOException {
        String digest = HexFormat.of().formatHex(sha256().digest(Files.readAllBytes(folder.resolve(name))));
        all.update((digest + "  " + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
