package dev.segue.orchestrator.status.http;

import com.fasterxml.jackson.core.JacksonException;
import dev.segue.contracts.client.InvalidRequestException;
import dev.segue.contracts.client.RequestJson;
import dev.segue.contracts.record.SongRequest;
import dev.segue.orchestrator.status.document.ProblemDocument;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** A request for a song as it is sent: one JSON object with the fields of the Avro schema. */
final class RequestBody {
    /** Lyrics of the longest song, each character in four bytes, fit in several times. */
    private static final int LARGEST = 512 << 10;

    private RequestBody() {}

    /** Reads it; who gives no id gets one. What cannot be read is answered with where and why. */
    static SongRequest read(Context context) throws IOException {
        byte[] body = context.req().getInputStream().readNBytes(LARGEST + 1);
        if (body.length > LARGEST) {
            throw HttpProblem.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "the request",
                    "larger than " + LARGEST + " bytes",
                    "must be at most that",
                    "shorten its lyrics");
        }
        try {
            return RequestJson.read(
                    new String(body, StandardCharsets.UTF_8), UUID.randomUUID().toString());
        } catch (InvalidRequestException e) {
            throw HttpProblem.of(e.problems().stream().map(ProblemDocument::of).toList());
        } catch (JacksonException e) {
            throw unreadable(e);
        }
    }

    private static HttpProblem unreadable(JacksonException e) {
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
        return HttpProblem.of(
                HttpStatus.BAD_REQUEST,
                ProblemDocument.of(
                        "the request",
                        "not readable" + where,
                        "must be one JSON object (" + e.getOriginalMessage() + ")",
                        "correct it"),
                e);
    }
}
