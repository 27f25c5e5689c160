package dev.segue.orchestrator.webhook.delivery;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.async.methods.AbstractBinResponseConsumer;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/**
 * Reads an answer's status and throws its body away. A short body is read to its end, so that the receiver can close the
 * connection in peace; a long one is cut off.
 *
 * <p>Owned by the thread of its connection.
 */
final class AnswerReader extends AbstractBinResponseConsumer<Outcome> {
    private static final int MOST_BODY = 64 << 10;

    private final CompletableFuture<Outcome> outcome;
    private final Clock clock;
    private Outcome answer;
    private int read;

    AnswerReader(CompletableFuture<Outcome> outcome, Clock clock) {
        this.outcome = outcome;
        this.clock = clock;
    }

    @Override
    protected void start(HttpResponse response, ContentType type) {
        Header after = response.getFirstHeader("Retry-After");
        answer = Answers.outcome(response.getCode(), after == null ? null : after.getValue(), clock.instant());
    }

    @Override
    protected int capacityIncrement() {
        return MOST_BODY;
    }

    @Override
    protected void data(ByteBuffer bytes, boolean last) throws IOException {
        read += bytes.remaining();
        bytes.position(bytes.limit());
        if (read > MOST_BODY) {
            outcome.complete(answer);
            throw new IOException("the answer's body is longer than " + MOST_BODY + " bytes");
        }
    }

    @Override
    protected Outcome buildResult() {
        return answer;
    }

    @Override
    public void failed(Exception cause) {
        // What the receiver said counts, even if it never finished saying more.
        if (answer != null) {
            outcome.complete(answer);
        }
    }

    @Override
    public void releaseResources() {}
}
