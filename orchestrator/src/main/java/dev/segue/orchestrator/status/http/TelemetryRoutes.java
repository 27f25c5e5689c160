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
    /** The header of a request that one orchestrator passes on to another, which then speaks for itself alone. */
    public static final String ASKED_BY_STANDBY = "Segue-Standby";

    private final Supplier<String> metrics;
    private final Supplier<Optional<Backlog>> backlog;
    private final Supplier<Optional<Backlog>> elsewhere;

    /**
     * Routes to what is measured.
     *
     * @param metrics as Prometheus reads them
     * @param backlog empty while this orchestrator stands by
     * @param elsewhere the backlog of the orchestrator that has the work; empty if it does not tell
     */
    public TelemetryRoutes(
            Supplier<String> metrics, Supplier<Optional<Backlog>> backlog, Supplier<Optional<Backlog>> elsewhere) {
        this.metrics = Objects.requireNonNull(metrics, "metrics is null");
        this.backlog = Objects.requireNonNull(backlog, "backlog is null");
        this.elsewhere = Objects.requireNonNull(elsewhere, "elsewhere is null");
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
                                        + " top, 1 middle, 0 bottom) and audio. Every orchestrator answers for the one"
                                        + " that has the work.",
                                this::backlog)
                        .answering(200, "All zero if nothing is to be done.", Route.JSON, Backlog.class)
                        .problem(503, "No orchestrator has the work, or the one that has it does not answer."));
    }

    private void metrics(Context context) {
        context.contentType(ProcessMetrics.MEDIA_TYPE).result(metrics.get());
    }

    private void backlog(Context context) {
        Optional<Backlog> here = backlog.get();
        Backlog now = here.or(context.header(ASKED_BY_STANDBY) == null ? elsewhere : Optional::empty)
                .orElseThrow(() -> HttpProblem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "the backlog",
                        "unknown",
                        "is known to the orchestrator that has the work alone, which does not answer",
                        "ask again"));
        Json.answer(context, HttpStatus.OK.getCode(), now);
    }
}
