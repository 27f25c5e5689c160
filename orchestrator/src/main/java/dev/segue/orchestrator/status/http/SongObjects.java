package dev.segue.orchestrator.status.http;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.request.Shown;
import dev.segue.orchestrator.status.document.ProblemDocument;
import dev.segue.orchestrator.status.openapi.Route;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Sound and files of songs, streamed from the object store; whole or a range. They never change, so that they can be kept.
 * Larger than most classes, since it turns every answer of the store into one of HTTP.
 */
final class SongObjects implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern LEVEL = Pattern.compile("\\d{1,2}");
    private static final Pattern PIECE = Pattern.compile("\\d{1,10}-\\d{1,10}\\.flac");
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}(\\.[a-z0-9]{1,12}){1,2}");
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+-\\d*|-\\d+)");
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "flac", "audio/flac",
            "wav", "audio/wav",
            "json", "application/json",
            "lrc", "text/plain; charset=utf-8",
            "vtt", "text/vtt; charset=utf-8");

    private static final int ATTEMPTS = 2;

    private final S3Client client;
    private final String bucket;

    SongObjects(Cluster cluster) {
        // Who asks over HTTP is there and can ask again.
        this.client = cluster.store().withAttempts(ATTEMPTS).client();
        this.bucket = cluster.bucket();
    }

    List<Route> routes() {
        return List.of(sound(HandlerType.GET), sound(HandlerType.HEAD), file(HandlerType.GET), file(HandlerType.HEAD));
    }

    private Route sound(HandlerType method) {
        return described(Route.of(
                        method,
                        "/songs/{id}/audio/{level}/{piece}",
                        "Streams sound of a range of codes, as FLAC; hrefs of a song's audio lead here.",
                        context -> stream(
                                context,
                                part(context, "level", LEVEL, "a level's number"),
                                part(context, "piece", PIECE, "two codes and .flac, as 0-512.flac")))
                .with(Route.Place.PATH, "level", "string", "Number of the level.")
                .with(Route.Place.PATH, "piece", "string", "First code, behind the last code: 0-512.flac."));
    }

    private Route file(HandlerType method) {
        return described(Route.of(
                        method,
                        "/songs/{id}/files/{name}",
                        "Streams a file of a finished song; hrefs of its files lead here.",
                        context -> stream(context, part(context, "name", NAME, "a file's name, as song.flac")))
                .with(Route.Place.PATH, "name", "string", "As song.flac."));
    }

    private static Route described(Route route) {
        boolean content = route.method().equals(HandlerType.GET);
        String media = content ? "application/octet-stream" : "";
        return route.with(Route.Place.PATH, "id", "string", "The song.")
                .with(Route.Place.HEADER, "Range", "string", "One range of bytes.")
                .with(Route.Place.HEADER, "If-None-Match", "string", "The ETag of what is there already.")
                .answering(200, "All of it.", media, null)
                .answering(206, "The range.", media, null)
                .answering(304, "It is what is there already.", "", null)
                .problem(404, "There is no such object.")
                .problem(416, "The range lies outside.")
                .problem(503, "The object store does not answer.");
    }

    private static String part(Context context, String name, Pattern form, String what) {
        String text = context.pathParam(name);
        if (!form.matcher(text).matches()) {
            throw missing(name, text, "must be " + what);
        }
        return text;
    }

    private void stream(Context context, String level, String piece) {
        stream(context, "level-" + level + "/" + piece);
    }

    private void stream(Context context, String path) {
        String id = part(context, "id", ID, "a song's id");
        String key = "songs/" + id + "/" + path;
        Optional<String> range = Optional.ofNullable(context.header("Range"))
                .filter(text -> RANGE.matcher(text).matches());
        Optional<String> ifRange = Optional.ofNullable(context.header("If-Range"));
        ResponseInputStream<GetObjectResponse> content = null;
        if (range.isPresent() && ifRange.isPresent()) {
            content = open(context, key, range, ifRange);
            range = content == null ? Optional.empty() : range;
        }
        if (content == null) {
            content = open(context, key, range, Optional.empty());
        }
        if (content == null) {
            context.status(HttpStatus.NOT_MODIFIED);
            return;
        }
        answer(context, path, content);
    }

    /** Opens an object; null if a condition does not hold. */
    private ResponseInputStream<GetObjectResponse> open(
            Context context, String key, Optional<String> range, Optional<String> ifMatch) {
        GetObjectRequest.Builder request =
                GetObjectRequest.builder().bucket(bucket).key(key);
        range.ifPresent(request::range);
        ifMatch.ifPresent(request::ifMatch);
        if (ifMatch.isEmpty()) {
            Optional.ofNullable(context.header("If-None-Match")).ifPresent(request::ifNoneMatch);
        }
        return translated(key, () -> client.getObject(request.build()));
    }

    private static <T> T translated(String key, Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception e) {
            HttpStatus status = HttpStatus.forStatus(e.statusCode());
            return switch (status) {
                case NOT_MODIFIED, PRECONDITION_FAILED -> null;
                case NOT_FOUND -> throw missing("the object", key, "there is no such object");
                case RANGE_NOT_SATISFIABLE ->
                    throw HttpProblem.of(
                            HttpStatus.RANGE_NOT_SATISFIABLE,
                            ProblemDocument.of(
                                    "Range", "outside", "must lie within the object", "ask for its head first"),
                            e);
                default -> throw silent(e);
            };
        } catch (SdkException e) {
            throw silent(e);
        }
    }

    private static HttpProblem missing(String field, String value, String limit) {
        return HttpProblem.of(
                HttpStatus.NOT_FOUND, field, Shown.quoted(value), limit, "take an href of the song's audio or files");
    }

    private static HttpProblem silent(SdkException e) {
        return HttpProblem.of(
                HttpStatus.SERVICE_UNAVAILABLE,
                ProblemDocument.of(
                        "the object store", "silent", "must answer (" + e.getMessage() + ")", "ask again later"),
                e);
    }

    private static void answer(Context context, String path, ResponseInputStream<GetObjectResponse> content) {
        GetObjectResponse found = content.response();
        boolean part = found.contentRange() != null;
        context.disableCompression()
                .status(part ? HttpStatus.PARTIAL_CONTENT : HttpStatus.OK)
                .contentType(
                        MEDIA_TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream"))
                .header("Accept-Ranges", "bytes")
                .header("ETag", found.eTag())
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .header("Content-Length", Long.toString(found.contentLength()));
        if (part) {
            context.header("Content-Range", found.contentRange());
        }
        if (context.method().equals(HandlerType.HEAD)) {
            content.abort();
        } else {
            context.result(content);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
