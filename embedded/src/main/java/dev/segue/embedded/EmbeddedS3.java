package dev.segue.embedded;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An S3 server in this JVM, on a folder whose files are the objects. It takes signed requests alone (signature version
 * 4), with the credentials that are made for the folder; clients must use path-style addresses. Started by one thread
 * and closed by that or another one.
 */
public final class EmbeddedS3 implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedS3.class);
    private static final String NAME = "S3 server";

    private final S3Proxy server;
    private final BlobStore store;
    private final S3Credentials credentials;
    private final String bucket;

    private EmbeddedS3(S3Proxy server, BlobStore store, S3Credentials credentials, String bucket) {
        this.server = server;
        this.store = store;
        this.credentials = credentials;
        this.bucket = bucket;
    }

    /**
     * Starts a server, and makes the bucket if it is not there.
     *
     * @param folder the server's alone; made if it is not there
     * @param port for clients, or 0 for any free one
     * @param bucket to make
     * @throws EmbeddedException when the port is taken or the folder does not suit
     */
    public static EmbeddedS3 start(Path folder, int port, String bucket)
            throws EmbeddedException, InterruptedException {
        return Ports.start(NAME, port, chosen -> startOn(folder.toAbsolutePath(), chosen, bucket));
    }

    private static EmbeddedS3 startOn(Path folder, int port, String bucket) throws EmbeddedException {
        BlobStore store = null;
        try {
            Path objects = folder.resolve("objects");
            Files.createDirectories(objects);
            S3Credentials credentials = S3Credentials.in(folder.resolve("credentials.properties"));
            store = new FilesystemNio2BlobStore(objects.toString());
            if (!store.containerExists(bucket)) {
                store.createContainer(bucket);
            }
            EmbeddedS3 started = new EmbeddedS3(server(store, credentials, port), store, credentials, bucket);
            LOG.info("event=s3_started port={} folder={} bucket={}", port, folder, bucket);
            return started;
        } catch (IOException | RuntimeException e) {
            if (store != null) {
                store.close();
            }
            throw new EmbeddedException.NotStarted(NAME, e.getMessage(), e);
        }
    }

    private static S3Proxy server(BlobStore store, S3Credentials credentials, int port) throws IOException {
        S3Proxy server = S3Proxy.builder()
                .blobStore(store)
                .endpoint(URI.create("http://%s:%d".formatted(Ports.HOST, port)))
                .awsAuthentication(AuthenticationType.AWS_V4, credentials.accessKey(), credentials.secretKey())
                .build();
        try {
            server.start();
            return server;
        } catch (Exception e) {
            stop(server);
            throw new IOException("it cannot listen on port %d (%s)".formatted(port, e.getMessage()), e);
        }
    }

    private static void stop(S3Proxy server) {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("event=s3_not_stopped", e);
        }
    }

    public URI endpoint() {
        return URI.create("http://%s:%d".formatted(Ports.HOST, port()));
    }

    public int port() {
        return server.getPort();
    }

    public S3Credentials credentials() {
        return credentials;
    }

    public String bucket() {
        return bucket;
    }

    @Override
    public void close() {
        stop(server);
        store.close();
        LOG.info("event=s3_stopped");
    }
}
