package dev.segue.orchestrator.status.http;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.request.Shown;
import dev.segue.orchestrator.status.document.ProblemDocument;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Objects of the store as they are read for whoever asks over HTTP. Each holds up a thread of the server for as long as store
 * and reader take, so that there are only so many at once, and a store that is silent is given up soon.
 *
 * <p>Safe for any number of threads.
 */
final class StoreReads implements AutoCloseable {
    /** Of the 250 threads that the server has. */
    private static final int MOST = 100;

    private static final int ATTEMPTS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final S3Client client;
    private final String bucket;
    private final Turns turns = new Turns("the number of objects that are read", MOST);

    StoreReads(Cluster cluster) {
        // Who asks over HTTP is there and can ask again.
        this.client = cluster.store().withAttempts(ATTEMPTS).client(calls -> calls.apiCallTimeout(PATIENCE));
        this.bucket = cluster.bucket();
    }

    /** What is asked for: a range of an object, if a condition on its ETag holds. */
    record Wanted(String key, Optional<String> range, Optional<String> ifMatch, Optional<String> ifNoneMatch) {}

    /** Opens an object, which whoever asked closes; empty if a condition does not hold. */
    Optional<ObjectContent> open(Wanted wanted) {
        Optional<ObjectContent> content = opened(wanted);
        try {
            if (content.isPresent()) {
                content.get().begin();
            }
            return content;
        } catch (IOException | SdkException e) {
            throw silent(e);
        }
    }

    private Optional<ObjectContent> opened(Wanted wanted) {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(bucket).key(wanted.key());
        wanted.range().ifPresent(request::range);
        wanted.ifMatch().ifPresent(request::ifMatch);
        wanted.ifNoneMatch().ifPresent(request::ifNoneMatch);
        Turns.Turn turn = turns.take();
        try {
            return Optional.of(new ObjectContent(client.getObject(request.build()), turn));
        } catch (S3Exception e) {
            turn.close();
            return nothing(wanted.key(), e);
        } catch (SdkException e) {
            turn.close();
            throw silent(e);
        } catch (RuntimeException | Error e) {
            turn.close();
            throw e;
        }
    }

    /** Whether the store says that there is no such object; not if it says nothing. */
    boolean lacks(String key) {
        Turns.Turn turn = turns.take();
        try {
            client.headObject(head -> head.bucket(bucket).key(key));
            return false;
        } catch (S3Exception e) {
            return e.statusCode() == HttpStatus.NOT_FOUND.getCode();
        } catch (SdkException e) {
            return false;
        } finally {
            turn.close();
        }
    }

    private static Optional<ObjectContent> nothing(String key, S3Exception e) {
        HttpStatus status = HttpStatus.forStatus(e.statusCode());
        return switch (status) {
            case NOT_MODIFIED, PRECONDITION_FAILED -> Optional.empty();
            case NOT_FOUND -> throw missing("the object", key, "there is no such object");
            case RANGE_NOT_SATISFIABLE ->
                throw HttpProblem.of(
                        HttpStatus.RANGE_NOT_SATISFIABLE,
                        ProblemDocument.of("Range", "outside", "must lie within the object", "ask for its head first"),
                        e);
            default -> throw silent(e);
        };
    }

    /** The answer to who asks for what is not there. */
    static HttpProblem missing(String field, String value, String limit) {
        return HttpProblem.of(
                HttpStatus.NOT_FOUND, field, Shown.quoted(value), limit, "take an href of the song's audio or files");
    }

    private static HttpProblem silent(Exception e) {
        return HttpProblem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                ProblemDocument.of(
                        "the object store", "silent", "must answer (" + e.getMessage() + ")", "ask again later"),
                e);
    }

    @Override
    public void close() {
        client.close();
    }
}
