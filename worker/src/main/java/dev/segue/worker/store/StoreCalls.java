package dev.segue.worker.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Calls of the SDK, whose failures become ours. */
final class StoreCalls {
    private static final int UNAUTHORISED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int PRECONDITION_FAILED = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private StoreCalls() {}

    /** One call. */
    @FunctionalInterface
    interface Call<T> {
        T run();
    }

    /** Makes a call about an object; the SDK has retried what may pass before it fails here. */
    static <T> T call(ObjectAddress object, Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (S3Exception e) {
            throw refusal(object, e);
        } catch (AbortedException e) {
            throw interrupted(object, e);
        } catch (SdkException e) {
            throw new StoreException.Unreachable(object, e.getMessage(), e);
        }
    }

    static IOException interrupted(ObjectAddress object, Exception cause) {
        Thread.currentThread().interrupt();
        InterruptedIOException interrupted = new InterruptedIOException("interrupted while asking for " + object);
        interrupted.initCause(cause);
        return interrupted;
    }

    private static StoreException refusal(ObjectAddress object, S3Exception e) {
        int status = e.statusCode();
        return switch (status) {
            case NOT_FOUND -> new StoreException.Missing(object, e);
            case UNAUTHORISED, FORBIDDEN -> new StoreException.Denied(object, status, e);
            case PRECONDITION_FAILED -> new StoreException.Exists(object, e);
            // Two conditional writes at once: whoever asks again sees which one won.
            case CONFLICT, TOO_MANY_REQUESTS -> new StoreException.Unreachable(object, answer(e), e);
            case RANGE_NOT_SATISFIABLE -> new StoreException.Refused(object, "it is shorter than the range", e);
            default ->
                status >= SERVER_ERROR
                        ? new StoreException.Unreachable(object, answer(e), e)
                        : new StoreException.Refused(object, answer(e), e);
        };
    }

    private static String answer(S3Exception e) {
        String code = e.awsErrorDetails() == null ? null : e.awsErrorDetails().errorCode();
        return "the store answers " + e.statusCode() + (code == null ? "" : " " + code);
    }
}
