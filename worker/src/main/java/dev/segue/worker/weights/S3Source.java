package dev.segue.worker.weights;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * A bucket of an object store that speaks S3.
 *
 * @param client the connection, owned by the caller
 * @param bucket the bucket
 * @param prefix what stands before every path: empty, or ending in a slash
 */
public record S3Source(S3Client client, String bucket, String prefix) implements ModelSource {
    private static final int NOT_MODIFIED_SINCE = 412;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    public S3Source {
        Objects.requireNonNull(client, "client is null");
        Objects.requireNonNull(bucket, "bucket is null");
        if (!prefix.isEmpty() && !prefix.endsWith("/")) {
            prefix += "/";
        }
    }

    /** The source at {@code s3://bucket/prefix}. */
    public static S3Source at(URI address, S3Client client) {
        if (!"s3".equals(address.getScheme()) || address.getAuthority() == null) {
            throw new IllegalArgumentException("the address " + address + " must have the form s3://bucket/prefix");
        }
        String path = address.getPath();
        return new S3Source(client, address.getAuthority(), path.startsWith("/") ? path.substring(1) : path);
    }

    @Override
    public Transfer open(String path, long from, Optional<String> validator) throws IOException {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(bucket).key(prefix + path);
        if (from > 0) {
            request.range("bytes=" + from + "-");
            validator.ifPresent(request::ifMatch);
        }
        try {
            ResponseInputStream<GetObjectResponse> body = client.getObject(request.build());
            GetObjectResponse response = body.response();
            long start = response.contentRange() == null ? 0 : from;
            return new Transfer(
                    body,
                    start,
                    OptionalLong.of(start + response.contentLength()),
                    Optional.ofNullable(response.eTag()));
        } catch (S3Exception e) {
            if (from > 0 && (e.statusCode() == NOT_MODIFIED_SINCE || e.statusCode() == RANGE_NOT_SATISFIABLE)) {
                return open(path, 0, Optional.empty());
            }
            throw refusal(path, e);
        } catch (SdkException e) {
            throw new IOException(describe(path) + " cannot be reached: " + e.getMessage(), e);
        }
    }

    private IOException refusal(String path, S3Exception e) {
        return switch (e.statusCode()) {
            case 404 ->
                new WeightsException.Missing(
                        describe(path) + " does not exist; check the bucket, the prefix and the model's name");
            case 401, 403 ->
                new WeightsException.Denied(describe(path) + " may not be read (" + e.statusCode()
                        + "); check the credentials and the bucket's policy");
            default -> new IOException(describe(path) + " answered " + e.statusCode(), e);
        };
    }

    @Override
    public String describe(String path) {
        return "s3://" + bucket + "/" + prefix + path;
    }
}
