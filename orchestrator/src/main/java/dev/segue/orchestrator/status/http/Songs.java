package dev.segue.orchestrator.status.http;

import dev.segue.contracts.request.Shown;
import dev.segue.orchestrator.status.document.ModelList;
import dev.segue.orchestrator.status.document.ProblemDocument;
import dev.segue.orchestrator.status.document.SongDocument;
import dev.segue.orchestrator.status.document.SongList;
import dev.segue.orchestrator.status.document.SongRow;
import dev.segue.orchestrator.status.document.SongStatus;
import dev.segue.orchestrator.status.openapi.Route;
import dev.segue.orchestrator.status.view.ModelView;
import dev.segue.orchestrator.status.view.SongView;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Songs as they are read: the list, one of them, and both as they change. Larger than most classes, since it describes what
 * it serves.
 */
final class Songs {
    private static final int USUAL = 50;
    private static final int MOST = 1000;

    private final SongView songs;
    private final ModelView models;
    private final EventStreams streams;
    private final Optional<Pages> pages;

    Songs(SongView songs, ModelView models, EventStreams streams, Optional<Pages> pages) {
        this.songs = songs;
        this.models = models;
        this.streams = streams;
        this.pages = pages;
    }

    List<Route> routes() {
        return List.of(
                Route.of(HandlerType.GET, "/songs", "Lists songs, the last one that was asked for first.", this::list)
                        .with(Route.Place.QUERY, "limit", "integer", "At most so many, from 1 to 1000; 50 is usual.")
                        .with(Route.Place.QUERY, "after", "string", "What next of the page before was.")
                        .with(Route.Place.QUERY, "state", "string", "Only songs in this state.")
                        .answering(200, "Songs.", Route.JSON, SongList.class)
                        .answering(200, "Songs.", Route.HTML, null)
                        .problem(422, "A parameter cannot be."),
                Route.of(HandlerType.GET, "/songs/{id}", "Tells everything that is known of a song.", this::song)
                        .with(Route.Place.PATH, "id", "string", "The song.")
                        .answering(200, "The song.", Route.JSON, SongDocument.class)
                        .answering(200, "The song.", Route.HTML, null)
                        .problem(404, "No such song is known."),
                Route.of(
                                HandlerType.GET,
                                "/songs/{id}/events",
                                "Tells of a song whenever it changes, until it ends: events named song, whose data is the"
                                        + " whole song and whose id is its sequence.",
                                context -> streams.follow(context, context.pathParam("id")))
                        .with(Route.Place.PATH, "id", "string", "The song.")
                        .with(Route.Place.HEADER, "Last-Event-ID", "string", "The last sequence that was heard of.")
                        .answering(200, "Events.", Route.EVENTS, SongDocument.class)
                        .answering(204, "The end was heard of: there is nothing more to tell.", "", null)
                        .problem(404, "No such song is known.")
                        .problem(503, "Too many follow songs."),
                Route.of(
                                HandlerType.GET,
                                "/events",
                                "Tells of all songs whenever they change, of each at most four times a second: events"
                                        + " named song, whose data is a row of the list.",
                                streams::followAll)
                        .answering(200, "Events.", Route.EVENTS, SongRow.class)
                        .problem(503, "Too many follow songs."),
                Route.of(HandlerType.GET, "/models", "Lists the models that songs can be asked of.", this::models)
                        .answering(200, "Models.", Route.JSON, ModelList.class));
    }

    /** The song of an id, or the answer that there is none. */
    static SongDocument require(SongView songs, String id) {
        return songs.find(id)
                .orElseThrow(() -> HttpProblem.of(
                        HttpStatus.NOT_FOUND,
                        "id",
                        Shown.quoted(id),
                        "no such song is known, or it ended long ago",
                        "see /songs for those that are"));
    }

    private void list(Context context) {
        Pages.Query query = new Pages.Query(state(context), parameter(context, "after"), limit(context));
        SongList list;
        try {
            list = songs.list(query.state(), query.after(), query.limit());
        } catch (IllegalArgumentException e) {
            throw HttpProblem.of(
                    HttpStatus.UNPROCESSABLE_CONTENT,
                    ProblemDocument.of(
                            "after", Shown.quoted(query.after().orElse("")), e.getMessage(), "begin again without it"),
                    e);
        }
        context.header("Vary", "Accept").header("Cache-Control", "no-store");
        if (pages.isPresent() && Accepts.html(context.header("Accept"))) {
            context.html(pages.get().songs(list, query, models.list()));
        } else {
            Json.answer(context, HttpStatus.OK.getCode(), list);
        }
    }

    private void song(Context context) {
        SongDocument song = require(songs, context.pathParam("id"));
        context.header("Vary", "Accept").header("Cache-Control", "no-store");
        if (pages.isPresent() && Accepts.html(context.header("Accept"))) {
            context.html(pages.get().song(song));
        } else {
            Json.answer(context, HttpStatus.OK.getCode(), song);
        }
    }

    private void models(Context context) {
        Json.answer(context.header("Cache-Control", "no-store"), HttpStatus.OK.getCode(), models.list());
    }

    private static Optional<String> parameter(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isEmpty());
    }

    private static Optional<SongStatus> state(Context context) {
        return parameter(context, "state").map(word -> SongStatus.of(word)
                .orElseThrow(() -> unprocessable(
                        "state",
                        word,
                        "must be one of "
                                + Arrays.stream(SongStatus.values())
                                        .map(SongStatus::word)
                                        .collect(Collectors.joining(", ")),
                        "choose one of them")));
    }

    private static int limit(Context context) {
        return parameter(context, "limit").map(Songs::limit).orElse(USUAL);
    }

    private static int limit(String text) {
        int limit = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw unprocessable("limit", text, "must be a whole number from 1 to " + MOST, "choose one in that range");
        }
        return limit;
    }

    private static HttpProblem unprocessable(String field, String value, String limit, String fix) {
        return HttpProblem.of(HttpStatus.UNPROCESSABLE_CONTENT, field, Shown.quoted(value), limit, fix);
    }
}
