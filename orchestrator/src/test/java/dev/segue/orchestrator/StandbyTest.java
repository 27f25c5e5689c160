package dev.segue.orchestrator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.segue.contracts.record.SongRequest;
import dev.segue.contracts.settings.Settings;
import dev.segue.contracts.topic.Topics;
import dev.segue.contracts.wire.SchemaRegistry;
import dev.segue.embedded.Infrastructure;
import dev.segue.embedded.SharedServers;
import dev.segue.orchestrator.plan.Cards;
import dev.segue.orchestrator.status.StatusConfig;
import dev.segue.orchestrator.status.StatusServer;
import dev.segue.orchestrator.status.http.TelemetryRoutes;
import dev.segue.telemetry.Telemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two orchestrators of one installation, of which one has the work. */
@ExtendWith(SharedServers.class)
class StandbyTest {
    private static final Duration SOON = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** An orchestrator as its main starts it. */
    private record Member(Orchestrator orchestrator, StatusServer server) implements AutoCloseable {
        static Member start(Infrastructure servers) throws Exception {
            Map<String, String> variables = new HashMap<>();
            variables.put("SEGUE_KAFKA_BOOTSTRAP_SERVERS", servers.bootstrapServers());
            variables.put("SEGUE_REGISTRY_URL", servers.registryUrl());
            variables.put("SEGUE_TOPIC_PREFIX", "standby.");
            variables.put("SEGUE_HTTP_HOST", "127.0.0.1");
            variables.put("SEGUE_HTTP_PORT", Integer.toString(freePort()));
            Settings settings = Settings.of(variables);
            StatusConfig status = StatusConfig.from(settings);
            Orchestrator orchestrator =
                    Orchestrator.start(OrchestratorConfig.from(settings), Telemetry.measured(), status.endpoint());
            orchestrator.awaitRunning(SOON);
            return new Member(orchestrator, orchestrator.serve(status));
        }

        boolean hasTheWork() {
            return orchestrator.backlog().isPresent();
        }

        HttpResponse<String> backlog(String... headers) throws IOException, InterruptedException {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/backlog"));
            if (headers.length > 0) {
                request.headers(headers);
            }
            return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() throws IOException {
            server.close();
            orchestrator.close();
        }
    }

    @Test
    void whoeverIsAskedForTheBacklogTellsWhatTheOneWithTheWorkKnows(Infrastructure servers) throws Exception {
        try (Member first = Member.start(servers);
                ClusterStage stage = new ClusterStage(
                        servers.bootstrapServers(),
                        SchemaRegistry.at(servers.registryUrl()),
                        new Topics("standby."),
                        Cards.small());
                Member second = Member.start(servers)) {
            stage.publish(Cards.small());
            stage.send(SongRequest.newBuilder()
                    .setSongId("song")
                    .setModel(Cards.small().name())
                    .setDurationSeconds(1.5)
                    .build());
            await(first, answer -> answer.path("audio").path("tasks").asInt() == 1);
            await(second, answer -> answer.path("audio").path("tasks").asInt() == 1);
            boolean isFirst = first.hasTheWork();
            Member active = isFirst ? first : second;
            Member standby = isFirst ? second : first;

            assertThat(standby.hasTheWork()).isFalse();
            assertThat(JSON.readTree(standby.backlog().body()))
                    .isEqualTo(JSON.readTree(active.backlog().body()));
            assertThat(standby.backlog(TelemetryRoutes.ASKED_BY_STANDBY, "true").statusCode())
                    .as("it speaks for itself alone where another passes a request on")
                    .isEqualTo(503);

            active.server().close();
            assertThat(standby.backlog().statusCode()).as("silence is not zero").isEqualTo(503);
            active.orchestrator().close();
            await(standby, answer -> answer.path("audio").path("tasks").asInt() == 1);
            assertThat(standby.hasTheWork()).isTrue();
        }
    }

    private static void await(Member member, Predicate<JsonNode> wanted) throws IOException, InterruptedException {
        long end = System.nanoTime() + SOON.toNanos();
        HttpResponse<String> answer = member.backlog();
        while (answer.statusCode() != 200 || !wanted.test(JSON.readTree(answer.body()))) {
            assertThat(System.nanoTime()).as(answer.body()).isLessThan(end);
            Thread.sleep(50);
            answer = member.backlog();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
