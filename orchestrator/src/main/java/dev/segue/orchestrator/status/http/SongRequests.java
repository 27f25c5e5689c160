package dev.segue.orchestrator.status.http;

import dev.segue.contracts.client.SongOrders;
import dev.segue.contracts.record.RequestProblems;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.request.Shown;
import dev.segue.orchestrator.plan.RequestCheck;
import dev.segue.orchestrator.plan.RequestDigest;
import dev.segue.orchestrator.status.document.ProblemDocument;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongTaken;
import dev.segue.orchestrator.status.openapi.Route;
import dev.segue.orchestrator.status.view.Hrefs;
import dev.segue.orchestrator.status.view.ModelView;
import dev.segue.orchestrator.status.view.SongView;
import dev.segue.telemetry.trace.TracedOrders;
import dev.segue.telemetry.trace.Traces;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.opentelemetry.api.trace.SpanKind;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Songs as they are asked for and given up. What a request must be is checked before it is written, by the same code. Larger
 * than most classes, since it describes what it does.
 */
final class SongRequests {
    private static final int LONGEST_REASON = 200;

    private final SongView songs;
    private final ModelView models;
    private final SongOrders orders;
    private final RequestCheck check;
    private final EarlierSongs earlier;
    private final Clock clock;
    private final TracedOrders traced;

    SongRequests(
            SongView songs,
            ModelView models,
            SongOrders orders,
            RequestCheck check,
            EarlierSongs earlier,
            Clock clock,
            Traces traces) {
        this.songs = songs;
        this.models = models;
        this.orders = orders;
        this.check = check;
        this.earlier = earlier;
        this.clock = clock;
        this.traced = new TracedOrders(orders, traces, SpanKind.SERVER);
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                                HandlerType.POST,
                                "/songs",
                                "Asks for a song; the same request under the same id is one song. What can be told only when"
                                        + " its turn comes, as that its prompt is no sound or that the earlier song is not"
                                        + " finished or of another model, is told by its events: it is rejected then.",
                                this::submit)
                        .withToken()
                        .taking(SongRequest.class)
                        .answering(202, "The request is written; Location is the song.", Route.JSON, SongTaken.class)
                        .problem(400, "The body is no JSON.")
                        .problem(409, "The id belongs to another request.")
                        .problem(413, "The body is too large.")
                        .problem(422, "Fields of the request are at fault, each of which is named.")
                        .problem(503, "The cluster or the registry does not answer."),
                Route.of(HandlerType.DELETE, "/songs/{id}", "Gives up a song.", this::cancel)
                        .withToken()
                        .with(Route.Place.PATH, "id", "string", "The song.")
                        .with(Route.Place.QUERY, "reason", "string", "Why, for people; at most 200 characters.")
                        .answering(
                                202,
                                "The order is written; events tell what becomes of it.",
                                Route.JSON,
                                SongTaken.class)
                        .problem(404, "No such song is known.")
                        .problem(409, "The song has ended.")
                        .problem(422, "The reason is too long.")
                        .problem(503, "The cluster or the registry does not answer."));
    }

    private void submit(Context context) throws IOException, InterruptedException {
        SongRequest request = RequestBody.read(context);
        List<ProblemDocument> problems = problems(request);
        if (!problems.isEmpty()) {
            throw HttpProblem.of(problems);
        }
        String id = request.getSongId();
        Optional<String> used = songs.requestDigest(id);
        if (used.isEmpty()) {
            WrittenOrder.write(() -> traced.submit(request, context.header(Traces.HEADER)));
            songs.expect(request, clock.instant());
        } else if (!used.get().equals(RequestDigest.of(request))) {
            throw HttpProblem.of(
                    HttpStatus.CONFLICT, "songId", id, "belongs to another request already", "choose another id");
        }
        taken(context, id);
    }

    private List<ProblemDocument> problems(SongRequest request) {
        List<ProblemDocument> problems =
                check.check(request, models.card(request.getModel()), models.names(), clock.instant()).stream()
                        .map(RequestProblems::of)
                        .map(ProblemDocument::of)
                        .toList();
        // Only then is its id one that can be looked for.
        return problems.isEmpty() ? earlier.problem(request).stream().toList() : problems;
    }

    private void cancel(Context context) throws InterruptedException {
        SongDocument song = Songs.require(songs, context.pathParam("id"));
        String reason = Optional.ofNullable(context.queryParam("reason")).orElse("");
        if (reason.length() > LONGEST_REASON) {
            throw HttpProblem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    "reason",
                    Shown.quoted(reason),
                    "must have at most " + LONGEST_REASON + " characters",
                    "shorten it");
        }
        if (song.state().isEnd()) {
            throw HttpProblem.of(
                    HttpStatus.CONFLICT,
                    "state",
                    song.state().word(),
                    "only a song that has not ended can be given up",
                    "leave it");
        }
        WrittenOrder.write(() -> orders.cancel(song.id(), reason));
        taken(context, song.id());
    }

    private static void taken(Context context, String id) {
        context.header("Location", Hrefs.song(id));
        Json.answer(context, HttpStatus.ACCEPTED.getCode(), new SongTaken(id, Hrefs.song(id)));
    }
}
