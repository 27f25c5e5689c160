package dev.segue.worker.weights;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A web server. Interrupted files are resumed by {@code Range}, guarded by {@code If-Range} with the entity tag or the
 * date of the first answer.
 *
 * <p>The older client of the platform is used because it can bound the wait for each read of a body; the newer one
 * waits for a silent server for ever.
 *
 * @param base what stands before every path; a slash at its end may be left out
 * @param patience longest wait for a connection, for an answer and for each read
 */
public record HttpSource(URI base, Duration patience) implements ModelSource {
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int TOO_MANY_REQUESTS = 429;

    public HttpSource {
        Objects.requireNonNull(patience, "patience is null");
        String scheme = String.valueOf(base.getScheme());
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException("the base address " + base + " must begin with http:// or https://");
        }
        if (!base.toString().endsWith("/")) {
            base = URI.create(base + "/");
        }
    }

    /** A source that waits at most half a minute. */
    public HttpSource(URI base) {
        this(base, Duration.ofSeconds(30));
    }

    @Override
    public Transfer open(String path, long from, Optional<String> validator) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) base.resolve(path).toURL().openConnection();
        connection.setConnectTimeout((int) patience.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        connection.setUseCaches(false);
        // Compressed bodies would make ranges and sizes mean something else.
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (from > 0) {
            connection.setRequestProperty("Range", "bytes=" + from + "-");
            validator.ifPresent(v -> connection.setRequestProperty("If-Range", v));
        }
        int status = connection.getResponseCode();
        return switch (status) {
            case HttpURLConnection.HTTP_OK -> transfer(connection, 0, connection.getContentLengthLong());
            case HttpURLConnection.HTTP_PARTIAL -> partial(connection, path, from, validator);
            case RANGE_NOT_SATISFIABLE -> nothingMore(connection, path, from);
            default -> {
                connection.disconnect();
                throw refusal(path, status);
            }
        };
    }

    /** There is nothing from {@code from} on: the file was whole already, or is a shorter one by now. */
    private Transfer nothingMore(HttpURLConnection connection, String path, long from) throws IOException {
        String range = connection.getHeaderField("Content-Range");
        connection.disconnect();
        if (from == 0) {
            throw new IOException(describe(path) + " refuses a request without range");
        }
        if (("bytes */" + from).equals(range)) {
            return new Transfer(InputStream.nullInputStream(), from, OptionalLong.of(from), validator(connection));
        }
        return open(path, 0, Optional.empty());
    }

    private Transfer partial(HttpURLConnection connection, String path, long from, Optional<String> wanted)
            throws IOException {
        Optional<String> given = validator(connection);
        if (wanted.isPresent() && given.isPresent() && !given.equals(wanted)) {
            // A server that knows ranges but not their condition.
            connection.disconnect();
            return open(path, 0, Optional.empty());
        }
        // Content-Range: bytes 100-199/200
        String range = String.valueOf(connection.getHeaderField("Content-Range"));
        String[] parts = range.split("[ \\-/]", -1);
        if (parts.length != 4 || !parts[0].equals("bytes") || !parts[1].equals(Long.toString(from))) {
            connection.disconnect();
            throw new IOException(describe(path) + " answered the range " + range + " to a request from byte " + from);
        }
        return transfer(connection, from, parts[3].equals("*") ? -1 : Long.parseLong(parts[3]));
    }

    private static Transfer transfer(HttpURLConnection connection, long from, long total) throws IOException {
        return new Transfer(
                connection.getInputStream(),
                from,
                total < 0 ? OptionalLong.empty() : OptionalLong.of(total),
                validator(connection));
    }

    private static Optional<String> validator(HttpURLConnection connection) {
        String tag = connection.getHeaderField("ETag");
        // A weak tag does not promise equal bytes, and If-Range may not carry one.
        return Optional.ofNullable(
                tag == null || tag.startsWith("W/") ? connection.getHeaderField("Last-Modified") : tag);
    }

    private IOException refusal(String path, int status) {
        return switch (status) {
            case HttpURLConnection.HTTP_NOT_FOUND, HttpURLConnection.HTTP_GONE ->
                new WeightsException.Missing(describe(path) + " answered " + status
                        + ": there is no such file; check the base address and the model's name");
            case HttpURLConnection.HTTP_UNAUTHORIZED, HttpURLConnection.HTTP_FORBIDDEN ->
                new WeightsException.Denied(
                        describe(path) + " answered " + status + ": access is refused; check the permissions there");
            case HttpURLConnection.HTTP_CLIENT_TIMEOUT, TOO_MANY_REQUESTS ->
                new IOException(describe(path) + " answered " + status);
            default ->
                status >= HttpURLConnection.HTTP_INTERNAL_ERROR
                        ? new IOException(describe(path) + " answered " + status)
                        : new WeightsException.Denied(
                                describe(path) + " answered " + status + ", which is no file; check the base address");
        };
    }

    @Override
    public String describe(String path) {
        URI full = base.resolve(path);
        // User names and queries may carry secrets.
        return full.getScheme() + "://" + full.getHost() + (full.getPort() < 0 ? "" : ":" + full.getPort())
                + full.getPath();
    }
}
