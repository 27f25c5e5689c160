package dev.segue.orchestrator.status.openapi;

import dev.segue.orchestrator.status.document.Problem;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that can be asked for over HTTP: what is served and what is said of it in one place. Immutable.
 *
 * @param method as GET
 * @param path as {@code /songs/{id}}
 * @param summary what it does, in one sentence
 * @param token whether only who has the token may
 * @param parameters of path, query and header
 * @param body type of the JSON that is sent; empty for none
 * @param answers what comes back
 * @param handler what does it
 */
public record Route(
        HandlerType method,
        String path,
        String summary,
        boolean token,
        List<Parameter> parameters,
        Optional<Class<?>> body,
        List<Answer> answers,
        Handler handler) {
    /** Media type of JSON. */
    public static final String JSON = "application/json";

    /** Media type of errors. */
    public static final String PROBLEM = "application/problem+json";

    /** Media type of server-sent events. */
    public static final String EVENTS = "text/event-stream";

    /** Media type of pages. */
    public static final String HTML = "text/html";

    /** Where a parameter stands. */
    public enum Place {
        PATH,
        QUERY,
        HEADER
    }

    /**
     * What can be told beside a body.
     *
     * @param type string or integer
     */
    public record Parameter(Place place, String name, String type, String description) {}

    /**
     * One thing that can come back.
     *
     * @param mediaType of its content; empty for none
     * @param type of a JSON document, of the data of events for those; empty for what is no JSON
     */
    public record Answer(int status, String description, String mediaType, Optional<Class<?>> type) {}

    public Route {
        parameters = List.copyOf(parameters);
        answers = List.copyOf(answers);
    }

    /** A route that nothing more is said of yet. */
    public static Route of(HandlerType method, String path, String summary, Handler handler) {
        return new Route(method, path, summary, false, List.of(), Optional.empty(), List.of(), handler);
    }

    /** The same for those alone who have the token. */
    public Route withToken() {
        return new Route(method, path, summary, true, parameters, body, answers, handler)
                .problem(401, "The token is missing or wrong.");
    }

    /** The same with a body. */
    public Route taking(Class<?> document) {
        return new Route(method, path, summary, token, parameters, Optional.of(document), answers, handler);
    }

    /** The same, done by another handler. */
    public Route handledBy(Handler other) {
        return new Route(method, path, summary, token, parameters, body, answers, other);
    }

    /** The same with one more parameter. */
    public Route with(Place place, String name, String type, String description) {
        List<Parameter> more = new ArrayList<>(parameters);
        more.add(new Parameter(place, name, type, description));
        return new Route(method, path, summary, token, more, body, answers, handler);
    }

    /** The same with one more answer. */
    public Route answering(int status, String description, String mediaType, Class<?> document) {
        List<Answer> more = new ArrayList<>(answers);
        more.add(new Answer(status, description, mediaType, Optional.ofNullable(document)));
        return new Route(method, path, summary, token, parameters, body, more, handler);
    }

    /** The same with one more error. */
    public Route problem(int status, String description) {
        return answering(status, description, PROBLEM, Problem.class);
    }
}
