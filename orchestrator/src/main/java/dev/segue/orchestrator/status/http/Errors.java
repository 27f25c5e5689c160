package dev.segue.orchestrator.status.http;

import dev.segue.orchestrator.status.document.Problem;
import dev.segue.orchestrator.status.openapi.Route;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever goes wrong into an answer that says what and what to do: JSON, or a page for who wants one. */
final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final String RETRY_SECONDS = "5";

    private final Optional<Pages> pages;

    Errors(Optional<Pages> pages) {
        this.pages = pages;
    }

    void register(RoutesConfig routes) {
        routes.exception(HttpProblem.class, (e, context) -> answer(context, e.problem()));
        routes.exception(HttpResponseException.class, (e, context) -> answer(context, problem(context, e)));
        routes.exception(Exception.class, (e, context) -> {
            LOG.error("event=http_failed method={} path={}", context.method().name(), context.path(), e);
            answer(
                    context,
                    problem(HttpStatus.INTERNAL_SERVER_ERROR, "it could not be worked out", "look into the log"));
        });
    }

    private static Problem problem(Context context, HttpResponseException e) {
        HttpStatus status = HttpStatus.forStatus(e.getStatus());
        String asked = context.method().name() + " " + context.path();
        return switch (status) {
            case NOT_FOUND -> problem(status, asked + " is nothing that can be asked for", "see /openapi.json");
            case METHOD_NOT_ALLOWED -> problem(status, asked + " cannot be done with this method", "see /openapi.json");
            default -> problem(status, asked + " was refused: " + e.getMessage(), "see /openapi.json");
        };
    }

    private static Problem problem(HttpStatus status, String detail, String fix) {
        return new Problem(
                "about:blank",
                status.getMessage(),
                status.getCode(),
                detail + "; " + fix + ".",
                Optional.empty(),
                Optional.of(fix),
                List.of());
    }

    private void answer(Context context, Problem problem) {
        context.status(problem.status());
        if (problem.status() == HttpStatus.UNAUTHORIZED.getCode()) {
            context.header("WWW-Authenticate", "Bearer realm=\"segue\"");
        } else if (problem.status() == HttpStatus.SERVICE_UNAVAILABLE.getCode()) {
            context.header("Retry-After", RETRY_SECONDS);
        }
        if (pages.isPresent() && Accepts.html(context.header("Accept"))) {
            context.html(pages.get().problem(problem));
        } else {
            context.contentType(Route.PROBLEM).result(Json.bytes(problem));
        }
    }
}
