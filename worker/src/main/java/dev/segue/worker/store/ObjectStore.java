package dev.segue.worker.store;

import dev.segue.contracts.store.S3Access;
import dev.segue.worker.weights.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * One bucket of an object store. What is put says its SHA-256 and its media type; putting the same content under the same
 * key again changes nothing. Memory is bounded whatever the size: files go up in parts of {@link #PART} bytes, and
 * streams go on where a connection broke.
 *
 * <p>Safe for any number of threads. Longer than other classes, because every call that is made of a bucket stands here.
 */
public final class ObjectStore {
    /** Bytes of one part of a large file. */
    public static final int PART = 8 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(ObjectStore.class);
    private static final String SHA_256 = "sha256";

    private final S3Client client;
    private final String bucket;
    private final int attempts;

    /**
     * A bucket.
     *
     * @param client the connection, owned by the caller
     * @param bucket where keys are
     */
    public ObjectStore(S3Client client, String bucket) {
        this(client, bucket, S3Access.ATTEMPTS);
    }

    /**
     * A bucket.
     *
     * @param attempts how many broken connections in a row may bring nothing of a stream
     */
    public ObjectStore(S3Client client, String bucket, int attempts) {
        this.client = Objects.requireNonNull(client, "client is null");
        this.bucket = Objects.requireNonNull(bucket, "bucket is null");
        this.attempts = attempts;
    }

    /** Its bucket. */
    public String bucket() {
        return bucket;
    }

    /**
     * Asks whether the bucket is there and open to us.
     *
     * @throws StoreException if it is not
     */
    public void check() throws IOException {
        ObjectAddress itself = address("");
        StoreCalls.call(itself, () -> client.headBucket(request -> request.bucket(bucket)));
    }

    /**
     * Puts a small object.
     *
     * @throws StoreException if the store does not take it
     */
    public ObjectInfo put(String key, byte[] content, String mediaType) throws IOException {
        return put(key, content, mediaType, false);
    }

    /**
     * Puts a small object unless there is another one under its key.
     *
     * @throws StoreException.Exists if there is one of other content
     */
    public ObjectInfo putNew(String key, byte[] content, String mediaType) throws IOException {
        try {
            return put(key, content, mediaType, true);
        } catch (StoreException.Exists e) {
            // The store may have taken it and the answer been lost, whereupon the SDK asked again.
            return head(key).filter(info(key, content, mediaType)::equals).orElseThrow(() -> e);
        }
    }

    private static ObjectInfo info(String key, byte[] content, String mediaType) {
        return new ObjectInfo(key, mediaType, content.length, digest(content));
    }

    private ObjectInfo put(String key, byte[] content, String mediaType, boolean onlyNew) throws IOException {
        ObjectInfo info = info(key, content, mediaType);
        PutObjectRequest.Builder request = request(info);
        if (onlyNew) {
            request.ifNoneMatch("*");
        }
        RequestBody body = RequestBody.fromContentProvider(
                () -> new ByteArrayInputStream(content), content.length, info.mediaType());
        StoreCalls.call(address(key), () -> client.putObject(request.build(), body));
        return info;
    }

    /**
     * Puts a file of any size, unless it lies there already.
     *
     * @throws StoreException if the store does not take it
     */
    public ObjectInfo put(String key, Path file, String mediaType) throws IOException {
        ObjectInfo info = new ObjectInfo(key, mediaType, Files.size(file), Sha256.of(file));
        if (head(key).filter(info::equals).isPresent()) {
            return info;
        }
        if (info.bytes() <= PART) {
            StoreCalls.call(address(key), () -> client.putObject(request(info).build(), RequestBody.fromFile(file)));
        } else {
            putInParts(info, file);
        }
        return info;
    }

    private PutObjectRequest.Builder request(ObjectInfo info) {
        return PutObjectRequest.builder()
                .bucket(bucket)
                .key(info.key())
                .contentType(info.mediaType())
                .metadata(Map.of(SHA_256, info.sha256()));
    }

    private void putInParts(ObjectInfo info, Path file) throws IOException {
        ObjectAddress object = address(info.key());
        CreateMultipartUploadRequest begin = CreateMultipartUploadRequest.builder()
                .bucket(bucket)
                .key(info.key())
                .contentType(info.mediaType())
                .metadata(Map.of(SHA_256, info.sha256()))
                .build();
        String upload = StoreCalls.call(object, () -> client.createMultipartUpload(begin))
                .uploadId();
        boolean complete = false;
        try (InputStream in = Files.newInputStream(file)) {
            List<CompletedPart> parts = putParts(object, upload, in);
            StoreCalls.call(
                    object,
                    () -> client.completeMultipartUpload(request -> request.bucket(bucket)
                            .key(info.key())
                            .uploadId(upload)
                            .multipartUpload(whole -> whole.parts(parts))));
            complete = true;
        } finally {
            if (!complete) {
                abandon(info.key(), upload);
            }
        }
    }

    private List<CompletedPart> putParts(ObjectAddress object, String upload, InputStream in) throws IOException {
        List<CompletedPart> parts = new ArrayList<>();
        byte[] part = new byte[PART];
        for (int length = in.readNBytes(part, 0, PART); length > 0; length = in.readNBytes(part, 0, PART)) {
            int number = parts.size() + 1;
            int bytes = length;
            // Not fromBytes, which copies.
            RequestBody body = RequestBody.fromContentProvider(
                    () -> new ByteArrayInputStream(part, 0, bytes), bytes, "application/octet-stream");
            String tag = StoreCalls.call(
                            object,
                            () -> client.uploadPart(
                                    request -> request.bucket(bucket)
                                            .key(object.key())
                                            .uploadId(upload)
                                            .partNumber(number),
                                    body))
                    .eTag();
            parts.add(CompletedPart.builder().partNumber(number).eTag(tag).build());
        }
        return parts;
    }

    /** Parts that nobody will complete cost money. What failed before matters more than whether this does. */
    private void abandon(String key, String upload) {
        try {
            StoreCalls.call(
                    address(key),
                    () -> client.abortMultipartUpload(
                            request -> request.bucket(bucket).key(key).uploadId(upload)));
        } catch (IOException e) {
            LOG.warn("event=upload_not_abandoned object={} reason=\"{}\"", address(key), e.getMessage());
        }
    }

    /**
     * What lies under a key; empty if nothing does.
     *
     * @throws StoreException if the store does not say
     */
    public Optional<ObjectInfo> head(String key) throws IOException {
        try {
            HeadObjectResponse found = StoreCalls.call(
                    address(key),
                    () -> client.headObject(request -> request.bucket(bucket).key(key)));
            return Optional.of(new ObjectInfo(
                    key,
                    found.contentType(),
                    found.contentLength(),
                    found.metadata().getOrDefault(SHA_256, "")));
        } catch (StoreException.Missing e) {
            return Optional.empty();
        }
    }

    /**
     * The bytes of an object, from the first to the last; whoever asks for them closes them.
     *
     * @throws StoreException if the store does not give them; also while they are read
     */
    public InputStream open(String key) throws IOException {
        return open(address(key));
    }

    /** The bytes of an object of any bucket. */
    public InputStream open(ObjectAddress object) throws IOException {
        return new ObjectInput(client, object, 0, -1, attempts);
    }

    /**
     * Some bytes of an object, fewer if it ends before.
     *
     * @param from the first byte
     * @param to behind the last byte, more than {@code from}
     */
    public InputStream open(String key, long from, long to) throws IOException {
        if (from < 0 || to <= from) {
            throw new IllegalArgumentException("bytes [" + from + ", " + to + ") of " + key + " are none");
        }
        return new ObjectInput(client, address(key), from, to, attempts);
    }

    /**
     * All bytes of an object that is known to be small.
     *
     * @param most how many it may have
     * @throws StoreException.Refused if it has more
     */
    public byte[] read(String key, int most) throws IOException {
        try (InputStream in = open(key)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new StoreException.Refused(address(key), "it has more than the " + most + " bytes allowed", null);
            }
            return content;
        }
    }

    /** The object under a key of this bucket. */
    public ObjectAddress address(String key) {
        return new ObjectAddress(bucket, key);
    }

    private static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
