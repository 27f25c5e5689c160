package dev.segue.worker.store;

import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * The bytes of one object from a place on. Where the connection breaks it goes on from there, as long as the object is
 * still the same one. Owned by one thread.
 */
final class ObjectInput extends InputStream {
    private final S3Client client;
    private final ObjectAddress object;
    private final long end;
    private final String version;
    private final int attempts;
    private long position;
    private int failures;
    private ResponseInputStream<GetObjectResponse> body;

    /**
     * Opens an object.
     *
     * @param from first byte
     * @param to behind the last byte, or a negative number for all
     * @param attempts how many connections in a row may bring nothing
     */
    ObjectInput(S3Client client, ObjectAddress object, long from, long to, int attempts) throws IOException {
        this.client = client;
        this.object = object;
        this.attempts = attempts;
        this.position = from;
        this.body = connect(null, to);
        this.version = body.response().eTag();
        this.end = from + body.response().contentLength();
    }

    private ResponseInputStream<GetObjectResponse> connect(String expected, long to) throws IOException {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(object.bucket()).key(object.key());
        if (position > 0 || to >= 0) {
            request.range("bytes=" + position + "-" + (to < 0 ? "" : Long.toString(to - 1)));
        }
        if (expected != null) {
            request.ifMatch(expected);
        }
        return StoreCalls.call(object, () -> client.getObject(request.build()));
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (position < end) {
            try {
                int read = body.read(into, offset, length);
                if (read > 0) {
                    position += read;
                    failures = 0;
                    return read;
                }
                reconnect(new IOException("it broke off " + (end - position) + " bytes before its end"));
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                reconnect(e);
            }
        }
        return -1;
    }

    private void reconnect(IOException failure) throws IOException {
        body.abort();
        if (Thread.currentThread().isInterrupted()) {
            throw StoreCalls.interrupted(object, failure);
        }
        if (++failures >= attempts) {
            throw new StoreException.Unreachable(object, failure.getMessage(), failure);
        }
        body = connect(version, end);
    }

    @Override
    public void close() throws IOException {
        if (position < end) {
            // Closing would read the rest.
            body.abort();
        } else {
            body.close();
        }
    }
}
