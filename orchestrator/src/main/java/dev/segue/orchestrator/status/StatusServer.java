package dev.segue.orchestrator.status;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.client.TopicReader;
import dev.segue.contracts.record.ModelRegistration;
import dev.segue.contracts.record.SongEvent;
import dev.segue.orchestrator.plan.Limits;
import dev.segue.orchestrator.status.http.HttpServer;
import dev.segue.orchestrator.status.http.Pages;
import dev.segue.orchestrator.status.openapi.Route;
import dev.segue.orchestrator.status.view.ModelView;
import dev.segue.orchestrator.status.view.SongView;
import dev.segue.orchestrator.status.view.TopicFollower;
import dev.segue.telemetry.trace.Traces;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What is known of songs and models, read from their topics, and the server that tells of it.
 *
 * <p>Started and closed once, by any threads.
 */
public final class StatusServer implements AutoCloseable {
    private final TopicFollower<SongEvent> songs;
    private final TopicFollower<ModelRegistration> models;
    private final HttpServer http;

    private StatusServer(TopicFollower<SongEvent> songs, TopicFollower<ModelRegistration> models, HttpServer http) {
        this.songs = songs;
        this.models = models;
        this.http = http;
    }

    /**
     * Starts it. It is ready a little later, when everything is read that was told so far.
     *
     * @param cluster whose topics are there
     * @param limits of requests, the orchestrator's own
     * @param running whether the orchestrator works
     * @param pages what people see; empty if programs alone are served
     * @param more what can be asked for beside songs
     * @param traces takes a span of each request for a song
     * @throws IllegalArgumentException if nobody can listen on its address
     */
    public static StatusServer start(
            StatusConfig config,
            Cluster cluster,
            Limits limits,
            BooleanSupplier running,
            Optional<Pages> pages,
            List<Route> more,
            Traces traces)
            throws IOException {
        Objects.requireNonNull(running, "running is null");
        SongView songs = new SongView(config.keptEnded());
        ModelView models = new ModelView();
        TopicFollower<SongEvent> events = new TopicFollower<>(
                cluster,
                cluster.topics().songEvents(),
                entries -> songs.take(entries.stream()
                        .filter(entry -> !entry.isWithdrawn())
                        .map(TopicReader.Entry::value)
                        .toList()));
        TopicFollower<ModelRegistration> published =
                new TopicFollower<>(cluster, cluster.topics().models(), models::take);
        HttpServer http = HttpServer.start(
                config.host(),
                config.port(),
                config.token(),
                new HttpServer.Parts(
                        cluster,
                        limits,
                        songs,
                        models,
                        pages,
                        running,
                        Map.of("song events", events, "models", published),
                        more,
                        traces));
        events.start();
        published.start();
        return new StatusServer(events, published, http);
    }

    /** The port it listens on. */
    public int port() {
        return http.port();
    }

    /** Everything that can be asked for. */
    public List<Route> routes() {
        return http.routes();
    }

    @Override
    public void close() throws IOException {
        http.close();
        songs.close();
        models.close();
    }
}
