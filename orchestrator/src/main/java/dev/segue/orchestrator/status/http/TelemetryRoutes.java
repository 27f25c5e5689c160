package dev.segue.orchestrator.status.http;

import dev.segue.orchestrator.plan.Backlog;
import dev.segue.orchestrator.status.openapi.Route;
import dev.segue.telemetry.metrics.ProcessMetrics;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/** What monitoring and scaling ask for. */
public final class TelemetryRoutes {
    private final Supplier<String> metrics;
    private final Supplier<Optional<Backlog>> backlog;

    /**
     * Routes to what is measured.
     *
     * @param metrics as Prometheus reads them
     * @param backlog empty while this orchestrator stands by
     */
    public TelemetryRoutes(Supplier<String> metrics, Supplier<Optional<Backlog>> backlog) {
        this.metrics = Objects.requireNonNull(metrics, "metrics is null");
        this.backlog = Objects.requireNonNull(backlog, "backlog is null");
    }

    /** All of them. */
    public List<Route> routes() {
        return List.of(
                Route.of(HandlerType.GET, "/metrics", "What is measured, as Prometheus reads it.", this::metrics)
                        .answering(200, "All metrics.", "text/plain", null),
                Route.of(
                                HandlerType.GET,
                                "/backlog",
                                "Work that waits for workers, which their number can be scaled by: levels of pools (2"
                                        + " top, 1 middle, 0 bottom) and audio.",
                                this::backlog)
                        .answering(200, "All zero if nothing is to be done.", Route.JSON, Backlog.class)
                        .problem(503, "This orchestrator stands by, and does not know."));
    }

    private void metrics(Context context) {
        context.contentType(ProcessMetrics.MEDIA_TYPE).result(metrics.get());
    }

    private void backlog(Context context) {
        Backlog now = backlog.get()
                .orElseThrow(() -> HttpProblem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "the backlog",
                        "unknown here",
                        "is known to the orchestrator that has the work alone",
                        "ask again, or another orchestrator"));
        Json.answer(context, HttpStatus.OK.getCode(), now);
    }
}
