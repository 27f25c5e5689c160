package dev.segue.orchestrator;

import dev.segue.contracts.client.Cluster;
import dev.segue.contracts.wire.AvroFormat;
import dev.segue.orchestrator.plan.Backlog;
import dev.segue.orchestrator.status.StatusConfig;
import dev.segue.orchestrator.status.StatusServer;
import dev.segue.orchestrator.status.http.TelemetryRoutes;
import dev.segue.orchestrator.status.page.RenderedPages;
import dev.segue.orchestrator.topology.Overview;
import dev.segue.orchestrator.topology.SongTelemetry;
import dev.segue.orchestrator.topology.SongTopology;
import dev.segue.orchestrator.topology.Tally;
import dev.segue.orchestrator.webhook.Webhooks;
import dev.segue.telemetry.Telemetry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An orchestrator at work. Any number may run for one installation: one works, the others take over when it stops.
 *
 * <p>Started once and closed once, by any threads.
 */
public final class Orchestrator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Orchestrator.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(20);

    private final AvroFormat avro;
    private final Tally tally;
    private final Telemetry telemetry;
    private final SongTelemetry songs;
    private final KafkaStreams streams;
    private final Optional<Webhooks> webhooks;
    private final Optional<ActiveOrchestrator> active;
    private final KafkaStreamsMetrics streamsMetrics;
    private final CountDownLatch running = new CountDownLatch(1);

    private final OrchestratorConfig config;

    private Orchestrator(
            OrchestratorConfig config,
            AvroFormat avro,
            Tally tally,
            Telemetry telemetry,
            SongTelemetry songs,
            KafkaStreams streams,
            Optional<Webhooks> webhooks,
            Optional<ActiveOrchestrator> active) {
        this.active = active;
        this.telemetry = telemetry;
        this.songs = songs;
        this.streamsMetrics = new KafkaStreamsMetrics(streams);
        this.config = config;
        this.avro = avro;
        this.tally = tally;
        this.streams = streams;
        this.webhooks = webhooks;
    }

    /**
     * Sets the cluster up, unless configured otherwise, and starts. It works a little later: {@link #awaitRunning}.
     *
     * @throws IOException if the registry fails or refuses a schema
     * @throws ExecutionException if the cluster fails or refuses a topic or a setting
     */
    public static Orchestrator start(OrchestratorConfig config)
            throws IOException, ExecutionException, InterruptedException {
        return start(config, Telemetry.unheard());
    }

    /**
     * The same for an orchestrator that tells what it does.
     *
     * @param telemetry where it leaves what it measures; stays the caller's
     * @throws IOException if the registry fails or refuses a schema
     * @throws ExecutionException if the cluster fails or refuses a topic or a setting
     */
    public static Orchestrator start(OrchestratorConfig config, Telemetry telemetry)
            throws IOException, ExecutionException, InterruptedException {
        return start(config, telemetry, Optional.empty());
    }

    /**
     * The same for one of several orchestrators.
     *
     * @param telemetry where it leaves what it measures; stays the caller's
     * @param endpoint where the others reach its HTTP, host:port, so that each can speak for the one that has the work
     * @throws IOException if the registry fails or refuses a schema
     * @throws ExecutionException if the cluster fails or refuses a topic or a setting
     */
    public static Orchestrator start(OrchestratorConfig config, Telemetry telemetry, Optional<String> endpoint)
            throws IOException, ExecutionException, InterruptedException {
        LOG.info("event=orchestrator_starts config=\"{}\"", config);
        if (config.setsUp()) {
            ClusterSetup.run(config);
        }
        AvroFormat avro = new AvroFormat(config.registry());
        Tally tally = new Tally();
        SongTelemetry songs = new SongTelemetry(telemetry, tally);
        KafkaStreams streams = new KafkaStreams(
                SongTopology.of(config.topics(), avro, config.flow(), tally, songs),
                new StreamsConfig(StreamsSettings.of(config, endpoint)));
        Optional<Webhooks> webhooks = config.webhooks().isOn()
                ? Optional.of(Webhooks.start(config.webhooks(), config.topics(), avro, config.clients()))
                : Optional.empty();
        Orchestrator orchestrator = new Orchestrator(
                config,
                avro,
                tally,
                telemetry,
                songs,
                streams,
                webhooks,
                endpoint.map(own -> new ActiveOrchestrator(streams, own)));
        orchestrator.streamsMetrics.bindTo(telemetry.meters());
        streams.setStateListener((now, before) -> {
            LOG.info("event=orchestrator_state state={} before={}", now, before);
            if (now == KafkaStreams.State.RUNNING || now.hasStartedOrFinishedShuttingDown()) {
                orchestrator.running.countDown();
            }
        });
        streams.setUncaughtExceptionHandler(new ThreadFailures(ThreadFailures.PAUSE));
        streams.start();
        return orchestrator;
    }

    /**
     * Waits until it works, or would if no other did.
     *
     * @throws TimeoutException if it does not in time
     * @throws IllegalStateException if it stopped instead
     */
    public void awaitRunning(Duration limit) throws InterruptedException, TimeoutException {
        Objects.requireNonNull(limit, "limit is null");
        if (!running.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new TimeoutException("the orchestrator is " + streams.state() + " after " + limit
                    + ", but should be RUNNING; its log says what it waits for");
        }
        if (streams.state().hasStartedOrFinishedShuttingDown()) {
            throw new IllegalStateException("the orchestrator is " + streams.state() + " instead of RUNNING");
        }
    }

    /** Whether it works, or would if no other did. */
    public boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    /** Work that waits for workers; empty while another orchestrator has the work, or nobody. */
    public Optional<Backlog> backlog() {
        return isRunning() ? songs.overview().map(Overview::backlog) : Optional.empty();
    }

    /**
     * Serves HTTP beside this orchestrator, for as long as whoever asked for that does not close it.
     *
     * @throws IllegalArgumentException if nobody can listen on its address
     */
    public StatusServer serve(StatusConfig status) throws IOException {
        Cluster cluster = new Cluster(
                config.bootstrapServers(),
                config.kafka(),
                config.registry(),
                config.topics(),
                status.store(),
                status.bucket());
        return StatusServer.start(
                status,
                cluster,
                config.flow().limits(),
                this::isRunning,
                Optional.of(RenderedPages.load()),
                new TelemetryRoutes(telemetry::scrape, this::backlog, () -> active.flatMap(ActiveOrchestrator::backlog))
                        .routes(),
                telemetry.traces());
    }

    /** How often something happened since the start. */
    public Tally tally() {
        return tally;
    }

    /** The Kafka Streams application, for its metrics and states. */
    public KafkaStreams streams() {
        return streams;
    }

    /** Leaves the group, so that another takes over at once, and stops. A second call does nothing. */
    @Override
    public void close() throws IOException {
        boolean stopped = streams.close(CloseOptions.timeout(CLOSE_LIMIT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        webhooks.ifPresent(Webhooks::close);
        avro.close();
        streamsMetrics.close();
        LOG.info("event=orchestrator_stopped clean={}", stopped);
    }
}
