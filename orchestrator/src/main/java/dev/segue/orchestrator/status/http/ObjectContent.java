package dev.segue.orchestrator.status.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * An object as it comes out of the store. Whoever closes it before its end, since nobody listens any more, has its connection
 * cut: reading on only to use it again would hold up the thread.
 *
 * <p>Owned by the thread of its request.
 */
final class ObjectContent extends InputStream {
    /** All of most files but sound. */
    private static final int BEGINNING = 64 << 10;

    private final ResponseInputStream<GetObjectResponse> content;
    private final Turns.Turn turn;
    private InputStream beginning = InputStream.nullInputStream();
    private boolean ended;

    /**
     * The content of an answer.
     *
     * @param turn that reading it takes
     */
    ObjectContent(ResponseInputStream<GetObjectResponse> content, Turns.Turn turn) {
        this.content = content;
        this.turn = turn;
    }

    /** What the store says of it. */
    GetObjectResponse about() {
        return content.response();
    }

    /**
     * Reads what can be told apart from a failure before anything is answered. What breaks off later breaks off the answer.
     *
     * @throws IOException if the store breaks off; then it is closed
     */
    void begin() throws IOException {
        try {
            byte[] read = content.readNBytes(BEGINNING);
            if (read.length < Math.min(BEGINNING, about().contentLength())) {
                throw new IOException(
                        "the store broke off after " + read.length + " of " + about().contentLength() + " bytes");
            }
            beginning = new ByteArrayInputStream(read);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int early = beginning.read(into, from, length);
        if (early >= 0) {
            return early;
        }
        int count = content.read(into, from, length);
        ended |= count < 0;
        return count;
    }

    @Override
    public void close() throws IOException {
        try {
            if (ended) {
                content.close();
            } else {
                content.abort();
            }
        } finally {
            turn.close();
        }
    }
}
