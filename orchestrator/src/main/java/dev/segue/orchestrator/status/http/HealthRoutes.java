package dev.segue.orchestrator.status.http;

import dev.segue.orchestrator.status.document.Health;
import dev.segue.orchestrator.status.openapi.Route;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Whether the orchestrator lives, and whether it can serve. */
final class HealthRoutes {
    private final Map<String, BooleanSupplier> needs;

    /**
     * Health that hangs on some things.
     *
     * @param needs whether each is there, by what it is called
     */
    HealthRoutes(Map<String, BooleanSupplier> needs) {
        this.needs = Map.copyOf(needs);
    }

    List<Route> routes() {
        return List.of(
                Route.of(
                                HandlerType.GET,
                                "/health/live",
                                "Tells whether the process lives.",
                                context -> Json.answer(context, HttpStatus.OK.getCode(), new Health(true, List.of())))
                        .answering(200, "It does.", Route.JSON, Health.class),
                Route.of(HandlerType.GET, "/health/ready", "Tells whether it can serve.", this::ready)
                        .answering(200, "It can.", Route.JSON, Health.class)
                        .answering(503, "It waits for something.", Route.JSON, Health.class));
    }

    private void ready(Context context) {
        List<String> missing = needs.entrySet().stream()
                .filter(need -> !need.getValue().getAsBoolean())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
        HttpStatus status = missing.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
        Json.answer(context, status.getCode(), new Health(missing.isEmpty(), missing));
    }
}
