package dev.segue.orchestrator.status.http;

import dev.segue.orchestrator.status.openapi.Route;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Sound and files of songs, streamed from the object store; whole or a range. They never change, so that they can be kept. */
final class SongObjects {
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

    private final StoreReads reads;

    SongObjects(StoreReads reads) {
        this.reads = reads;
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
                .problem(503, "The object store does not answer, or too many read from it.");
    }

    private static String part(Context context, String name, Pattern form, String what) {
        String text = context.pathParam(name);
        if (!form.matcher(text).matches()) {
            throw StoreReads.missing(name, text, "must be " + what);
        }
        return text;
    }

    private void stream(Context context, String level, String piece) throws IOException {
        stream(context, "level-" + level + "/" + piece);
    }

    private void stream(Context context, String path) throws IOException {
        String key = "songs/" + part(context, "id", ID, "a song's id") + "/" + path;
        Optional<String> range = Optional.ofNullable(context.header("Range"))
                .filter(text -> RANGE.matcher(text).matches());
        Optional<String> ifRange = Optional.ofNullable(context.header("If-Range"));
        Optional<String> ifNoneMatch = Optional.ofNullable(context.header("If-None-Match"));
        Optional<ObjectContent> content = Optional.empty();
        if (range.isPresent() && ifRange.isPresent()) {
            content = reads.open(new StoreReads.Wanted(key, range, ifRange, Optional.empty()));
            // A part of what is another object by now is of no use: all of it is.
            range = Optional.empty();
        }
        if (content.isEmpty()) {
            content = reads.open(new StoreReads.Wanted(key, range, Optional.empty(), ifNoneMatch));
        }
        if (content.isPresent()) {
            answer(context, path, content.get());
        } else {
            context.status(HttpStatus.NOT_MODIFIED);
        }
    }

    private static void answer(Context context, String path, ObjectContent content) throws IOException {
        GetObjectResponse about = content.about();
        context.disableCompression()
                .status(about.contentRange() == null ? HttpStatus.OK : HttpStatus.PARTIAL_CONTENT)
                .contentType(
                        MEDIA_TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream"))
                .header("Accept-Ranges", "bytes")
                .header("ETag", about.eTag())
                .header("Cache-Control", "private, max-age=31536000, immutable")
                .header("Content-Length", Long.toString(about.contentLength()));
        if (about.contentRange() != null) {
            context.header("Content-Range", about.contentRange());
        }
        if (context.method().equals(HandlerType.HEAD)) {
            content.close();
        } else {
            // Closed by the server in whatever way the answer ends.
            context.result(content);
        }
    }
}
