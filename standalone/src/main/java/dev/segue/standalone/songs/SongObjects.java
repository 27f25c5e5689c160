package dev.segue.standalone.songs;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.record.StoredObject;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.store.StoreException;
import dev.segue.worker.weights.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Optional;
import software.amazon.awssdk.services.s3.S3Client;

/** What lies in the store. Safe for any number of threads. */
public final class SongObjects implements AutoCloseable {
    private static final String PART = ".part";
    private static final int LARGEST_MANIFEST = 64 << 20;

    private final S3Client client;
    private final ObjectStore store;

    /** The objects of an installation. */
    public SongObjects(Cluster cluster) {
        this.client = cluster.store().client();
        this.store = new ObjectStore(client, cluster.bucket());
    }

    /**
     * Copies an object to a file, which stands under its name only when it is whole and what was promised.
     *
     * @throws IOException if it is not there, cannot be read, or is not what was promised
     */
    public void download(StoredObject object, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            try (InputStream in = store.open(object.getKey())) {
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            String actual = Sha256.of(part);
            if (!actual.equals(object.getSha256()) || Files.size(part) != object.getBytes()) {
                throw new IOException(
                        "%s has %d bytes with SHA-256 %s, but %d with %s were promised; make the song again"
                                .formatted(
                                        store.address(object.getKey()),
                                        Files.size(part),
                                        actual,
                                        object.getBytes(),
                                        object.getSha256()));
            }
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /**
     * What a finished song says of itself; empty if there is no such song.
     *
     * @throws IOException if the store does not answer
     */
    public Optional<byte[]> manifest(String songId) throws IOException {
        try {
            return Optional.of(store.read("songs/" + songId + "/manifest.json", LARGEST_MANIFEST));
        } catch (StoreException.Missing e) {
            return Optional.empty();
        }
    }

    /**
     * Puts a sound where workers find it, under its digest, so that the same file is the same prompt.
     *
     * @return its key
     * @throws IOException if it cannot be read, or the store does not take it
     */
    public String putPrompt(Path sound) throws IOException {
        return store.put(promptKey(sound), sound, isFlac(sound) ? "audio/flac" : "audio/wav")
                .key();
    }

    /**
     * Where {@link #putPrompt} puts a sound.
     *
     * @throws IllegalArgumentException if there is no such file
     */
    public static String promptKey(Path sound) throws IOException {
        if (!Files.isRegularFile(sound)) {
            throw new IllegalArgumentException("--prompt is " + sound
                    + ", but there is no such file; name a WAV or FLAC file, or s3://bucket/key");
        }
        return "prompts/" + Sha256.of(sound) + (isFlac(sound) ? ".flac" : ".wav");
    }

    private static boolean isFlac(Path sound) {
        return sound.toString().toLowerCase(Locale.ROOT).endsWith(".flac");
    }

    /**
     * Puts a file of a model where workers find it; nothing is sent that lies there already.
     *
     * @param path of the file below the folder of models, with forward slashes
     * @throws IOException if it cannot be read, or the store does not take it
     */
    public void putModelFile(String path, Path file) throws IOException {
        store.put("models/" + path, file, "application/octet-stream");
    }

    @Override
    public void close() {
        client.close();
    }
}
