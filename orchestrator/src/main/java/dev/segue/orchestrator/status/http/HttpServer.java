package dev.segue.orchestrator.status.http;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.SongOrders;
import dev.segue.orchestrator.plan.Limits;
import dev.segue.orchestrator.plan.RequestCheck;
import dev.segue.orchestrator.status.openapi.OpenApi;
import dev.segue.orchestrator.status.openapi.Route;
import dev.segue.orchestrator.status.view.ModelView;
import dev.segue.orchestrator.status.view.SongView;
import dev.segue.orchestrator.status.view.TopicFollower;
import dev.segue.telemetry.trace.Traces;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server: everything that can be asked for over HTTP. Larger than most classes, since all its parts are joined here.
 *
 * <p>Started and closed once, by any threads.
 */
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final long LARGEST_BODY = 1 << 20;

    private final SongOrders orders;
    private final StoreReads reads;
    private final EventStreams streams;
    private final List<Route> routes;
    private final Javalin server;

    /**
     * What a server needs.
     *
     * @param cluster that songs are asked of
     * @param limits of requests
     * @param songs what is known of them
     * @param models what is known of them
     * @param pages what people see; empty if programs alone are served
     * @param running whether the orchestrator works
     * @param followers who must have read everything before songs and models are told of, by what they read
     * @param more what can be asked for beside songs
     * @param traces takes a span of each request for a song
     */
    public record Parts(
            Cluster cluster,
            Limits limits,
            SongView songs,
            ModelView models,
            Optional<Pages> pages,
            BooleanSupplier running,
            Map<String, TopicFollower<?>> followers,
            List<Route> more,
            Traces traces) {}

    private HttpServer(String host, Optional<String> token, Parts parts) {
        Guard guard = new Guard(host, token);
        this.orders = new SongOrders(parts.cluster());
        this.reads = new StoreReads(parts.cluster());
        this.streams = new EventStreams(parts.songs());
        this.routes = routes(parts, guard);
        this.server = Javalin.create(config -> configure(config, parts, guard));
    }

    /**
     * Starts it.
     *
     * @param host to listen on
     * @param port 0 for any free one
     * @param token that writers have; empty if nobody may write
     * @throws IllegalArgumentException if nobody can listen there
     */
    public static HttpServer start(String host, int port, Optional<String> token, Parts parts) throws IOException {
        HttpServer server = new HttpServer(host, token, parts);
        try {
            server.server.start(host, port);
        } catch (JavalinException e) {
            server.close();
            throw new IllegalArgumentException(
                    "HTTP cannot be served on port " + port + " of " + host + " (" + e.getMessage()
                            + "); free it, or choose another with SEGUE_HTTP_PORT or --http-port, 0 for any",
                    e);
        }
        LOG.info("event=http_started host={} port={}", host, server.port());
        return server;
    }

    private List<Route> routes(Parts parts, Guard guard) {
        List<Route> all = new ArrayList<>();
        all.add(Route.of(HandlerType.GET, "/", "Leads to the songs.", context -> context.redirect("/songs"))
                .answering(302, "To the songs.", "text/plain", null));
        Beginning beginning = new Beginning(parts.followers());
        all.addAll(beginning.before(new Songs(parts.songs(), parts.models(), streams, parts.pages()).routes()));
        all.addAll(beginning.before(new SongRequests(
                        parts.songs(),
                        parts.models(),
                        orders,
                        new RequestCheck(parts.limits()),
                        new EarlierSongs(parts.songs(), reads),
                        Clock.systemUTC(),
                        parts.traces())
                .routes()));
        all.addAll(new SongObjects(reads).routes());
        all.addAll(new DeadLetters(parts.cluster(), guard, parts.pages()).routes());
        all.addAll(new HealthRoutes(needs(parts)).routes());
        parts.pages().ifPresent(pages -> all.addAll(new Assets(pages).routes()));
        all.addAll(parts.more());
        all.add(Route.of(
                        HandlerType.GET,
                        "/openapi.json",
                        "Describes all of this.",
                        context -> Json.answer(context, HttpStatus.OK.getCode(), OpenApi.of(routes())))
                .answering(200, "OpenAPI 3.1.", Route.JSON, com.fasterxml.jackson.databind.JsonNode.class));
        return List.copyOf(all);
    }

    private static Map<String, BooleanSupplier> needs(Parts parts) {
        Map<String, BooleanSupplier> needs = new HashMap<>();
        parts.followers().forEach((what, follower) -> needs.put(what, follower::isCaughtUp));
        needs.put("orchestrator", parts.running());
        return needs;
    }

    private void configure(JavalinConfig config, Parts parts, Guard guard) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = LARGEST_BODY;
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        guard.register(config.routes);
        new Errors(parts.pages()).register(config.routes);
        for (Route route : routes) {
            // The page of dead letters is for all, their contents are not.
            boolean guarded = route.token() && !route.method().equals(HandlerType.GET);
            config.routes.addHttpHandler(
                    route.method(), route.path(), guarded ? guarded(guard, route.handler()) : route.handler());
        }
    }

    private static Handler guarded(Guard guard, Handler handler) {
        return context -> {
            guard.requireToken(context);
            handler.handle(context);
        };
    }

    /** Everything that can be asked for. */
    public List<Route> routes() {
        return routes;
    }

    /** The port it listens on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() throws IOException {
        streams.close();
        server.stop();
        reads.close();
        orders.close();
        LOG.info("event=http_stopped");
    }
}
