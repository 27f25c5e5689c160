package dev.segue.worker.assembly;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.record.StoredObject;
import dev.segue.worker.store.ObjectInfo;
import dev.segue.worker.store.ObjectStore;
import dev.segue.worker.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * A song whose manifest lies in the store: it is whole, and nothing of it changes any more.
 *
 * @param manifest what it says
 * @param itself the manifest as an object
 */
record FinishedSong(JsonNode manifest, StoredObject itself) {
    /** A timeline of ten minutes at all levels takes less than a tenth of it. */
    private static final int LARGEST_MANIFEST = 64 << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the manifest of a song; empty if there is none.
     *
     * @throws TaskFailedException if it is none of ours
     */
    static Optional<FinishedSong> find(ObjectStore store, String songId) throws IOException, TaskFailedException {
        String key = new SongKeys(songId).manifest();
        byte[] content;
        try {
            content = store.read(key, LARGEST_MANIFEST);
        } catch (StoreException.Missing e) {
            return Optional.empty();
        }
        try {
            return Optional.of(new FinishedSong(
                    JSON.readTree(content),
                    stored(new ObjectInfo(key, Manifest.MEDIA_TYPE, content.length, sha256(content)))));
        } catch (JsonProcessingException e) {
            throw TaskFailedException.invalid(key + " is no manifest: " + e.getOriginalMessage());
        }
    }

    /** SHA-256 of the card of the model that made it. */
    String modelDigest() {
        return manifest.path("model").path("digest").asText();
    }

    /** Its samples. */
    long samples() {
        return manifest.path("audio").path("samples").asLong();
    }

    /** Everything that belongs to it, the manifest last. */
    List<StoredObject> objects() {
        List<StoredObject> objects = new ArrayList<>();
        for (JsonNode object : manifest.path("objects")) {
            objects.add(new StoredObject(
                    object.path("key").asText(),
                    object.path("mediaType").asText(),
                    object.path("bytes").asLong(),
                    object.path("sha256").asText()));
        }
        objects.add(itself);
        return objects;
    }

    static StoredObject stored(ObjectInfo info) {
        return new StoredObject(info.key(), info.mediaType(), info.bytes(), info.sha256());
    }

    static String sha256(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A stream that knows the SHA-256 of what came through it. */
    static DigestInputStream digesting(InputStream in) {
        return new DigestInputStream(in, digest());
    }
}
