package dev.segue.standalone.songs;

import dev.segue.contracts.record.StoredObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/** What lies in the store. Safe for any number of threads. */
public final class SongObjects implements AutoCloseable {
    private static final String PART = ".part";

    private final ObjectStore store;
    private final S3Client client;

    /** The objects of a store. */
    public SongObjects(ObjectStore store) {
        this.store = store;
        this.client = store.open();
    }

    /**
     * Copies an object to a file, which stands under its name only when it is whole and what was promised.
     *
     * @throws IOException if it is not there, cannot be read, or is not what was promised
     */
    public void download(StoredObject object, Path file) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + PART);
        try {
            MessageDigest digest = sha256();
            long bytes;
            try (InputStream in = new DigestInputStream(open(object.getKey()), digest);
                    OutputStream out = Files.newOutputStream(part)) {
                bytes = in.transferTo(out);
            }
            String actual = HexFormat.of().formatHex(digest.digest());
            if (bytes != object.getBytes() || !actual.equals(object.getSha256())) {
                throw new IOException("%s has %d bytes with SHA-256 %s, but %d with %s were promised; fetch it again"
                        .formatted(
                                store.describe(object.getKey()),
                                bytes,
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
     * A small object as text; empty if there is none.
     *
     * @throws IOException if the store does not answer
     */
    public Optional<byte[]> read(String key) throws IOException {
        try (InputStream in = client.getObject(request -> request.bucket(store.bucket()).key(key))) {
            return Optional.of(in.readAllBytes());
        } catch (NoSuchKeyException e) {
            return Optional.empty();
        } catch (SdkException e) {
            throw unreachable(key, e);
        }
    }

    private InputStream open(String key) throws IOException {
        try {
            return client.getObject(request -> request.bucket(store.bucket()).key(key));
        } catch (NoSuchKeyException e) {
            throw new IOException(store.describe(key) + " is not there any more; make the song again", e);
        } catch (SdkException e) {
            throw unreachable(key, e);
        }
    }

    private IOException unreachable(String key, SdkException e) {
        return new IOException(
                store.describe(key) + " cannot be read"
                        + store.endpoint().map(address -> " at " + address).orElse("") + ": " + e.getMessage()
                        + "; check --s3-endpoint and the credentials",
                e);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
